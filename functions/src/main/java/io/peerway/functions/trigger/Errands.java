package io.peerway.functions.trigger;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.peerway.functions.Count;
import io.peerway.model.AccountLook;
import io.peerway.model.Errand;
import io.peerway.model.port.Workflows.Begun;
import io.peerway.plan.Aws;
import io.peerway.plan.events.Turns;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts workflows, each for one subject as often as {@link Turns} lets it. What comes too early is
 * put back into the queue, and is by then one errand with all else that has come meanwhile.
 */
final class Errands {
  private static final Logger LOG = LoggerFactory.getLogger(Errands.class);

  private final Turns turns;
  private final Aws aws;

  Errands(Turns turns, Aws aws) {
    this.turns = turns;
    this.aws = aws;
  }

  /** Goes now, or later. */
  void run(Errand errand) {
    Instant now = aws.now();
    Optional<Instant> before =
        turns.isEarly(now) ? inTheWindowBefore(errand, now) : Optional.empty();
    if (before.filter(now::isBefore).isPresent()) {
      later(errand, now, before.get());
    } else if (!begins(errand, now, 0)) {
      takeNextTurn(errand, now);
    }
  }

  /** When it may go again after its last turn in the window before. */
  private Optional<Instant> inTheWindowBefore(Errand errand, Instant now) {
    Instant then = turns.begin(now).minusMillis(1);
    for (int turn = 0; turn < Turns.MOST; turn++) {
      // Without a first turn there is none at all; a later one ends later.
      Optional<Begun> begun = aws.workflows().begun(errand, turns.name(errand, then, turn));
      if (begun.isEmpty()) {
        return last(errand, then, turn - 1);
      }
    }
    return last(errand, then, Turns.MOST - 1);
  }

  private Optional<Instant> last(Errand errand, Instant then, int turn) {
    return turn < 0
        ? Optional.empty()
        : aws.workflows()
            .begun(errand, turns.name(errand, then, turn))
            .map(begun -> turns.next(turn, begun.at()));
  }

  private void takeNextTurn(Errand errand, Instant now) {
    int taken = Turns.MOST - 1;
    Optional<Begun> begun = begun(errand, now, taken);
    while (begun.isEmpty() && taken > 0) {
      begun = begun(errand, now, --taken);
    }
    // The first one's name is taken, even if it cannot be read yet.
    Instant next = turns.next(taken, begun.map(Begun::at).orElse(now));
    if (taken == Turns.MOST - 1 || next.isAfter(turns.end(now))) {
      later(errand, now, turns.end(now));
    } else if (next.isAfter(now)) {
      later(errand, now, next);
    } else if (tellsAgain(errand, now, taken)) {
      AccountLook look = ((Errand.Look) errand).look();
      begins(new Errand.Look(look.inSilence()), now, taken + 1);
      later(errand, now, turns.end(now));
    } else if (!begins(errand, now, taken + 1)) {
      later(errand, now, turns.next(taken + 1, now));
    }
  }

  private Optional<Begun> begun(Errand errand, Instant now, int turn) {
    return aws.workflows().begun(errand, turns.name(errand, now, turn));
  }

  // People hear of one account's refusals once in a window; what is to be done is done before.
  private boolean tellsAgain(Errand errand, Instant now, int lastTurn) {
    if (!(errand instanceof Errand.Look(var look)) || !look.tells()) {
      return false;
    }
    for (int turn = 0; turn <= lastTurn; turn++) {
      if (begun(errand, now, turn).filter(Errands::hasTold).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasTold(Begun begun) {
    try {
      return ErrandMessage.look(begun.input()).tells();
    } catch (JsonProcessingException e) {
      return true; // not one of ours: nobody knows what it tells
    }
  }

  private boolean begins(Errand errand, Instant now, int turn) {
    String name = turns.name(errand, now, turn);
    boolean begun = aws.workflows().start(errand, name);
    if (begun) {
      Count.one("WorkflowStarted");
      LOG.info("started {} {}", errand.workflow(), name);
    }
    return begun;
  }

  private void later(Errand errand, Instant now, Instant then) {
    // SQS delays by whole seconds.
    putBack(
        errand,
        Duration.ofSeconds(Math.max(1, Duration.between(now, then).plusMillis(999).toSeconds())));
  }

  /** Puts an errand back for a while. */
  void putBack(Errand errand, Duration after) {
    aws.queue().putBack(errand.subject(), ErrandMessage.of(errand), after);
    Count.one("ErrandPutBack");
    LOG.info("{} comes again in {} s", errand.key(), after.toSeconds());
  }

  /** How long it takes until what EC2 does not know yet may be known. */
  Duration patience() {
    return turns.window().dividedBy(6).plusSeconds(1);
  }
}
