package io.peerway.plan.notices;

import io.peerway.model.error.Denied;
import io.peerway.model.error.NotYetOpen;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.error.Throttled;
import io.peerway.model.error.Unavailable;
import io.peerway.model.network.Tags;
import io.peerway.model.port.Network;
import io.peerway.model.value.VpcId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The one tag of ours on a service VPC. Nothing hangs on it: where its owner keeps it from being
 * written (a policy or the missing role denies it, the VPC's tags are full, the VPC is gone), that
 * is logged, and the daily {@code reconcile} lists it.
 *
 * @param inside the service account
 * @param log takes a line for what was written, or not
 */
public record StatusTag(Network inside, VpcId vpc, Consumer<String> log) {

  /**
   * Writes it, unless it says that already.
   *
   * @param now what it says as far as is known; empty where it is not there
   * @return why it could not be written, in a word
   */
  public Optional<String> say(String now, Status status) {
    return status.isSaidBy(now)
        ? Optional.empty()
        : owner(
            () ->
                inside.ensureStatus(vpc, status.text())
                    ? done("%s says: %s".formatted(vpc, status))
                    : borne("no room for it, or a tag policy", "TagLimitExceeded"));
  }

  /** The same for what is written again before long: nothing of AWS's may hold up an end. */
  public void sayInPassing(Status status) {
    try {
      say("", status);
    } catch (RefusedByAws | Throttled | Unavailable passing) {
      borne(String.valueOf(passing.getMessage()), passing.getClass().getSimpleName());
    }
  }

  /** Takes it off, with the same answer as {@link #say}. */
  public Optional<String> takeOff() {
    return owner(
        () -> {
          inside.ensureNoStatus(vpc);
          return done(vpc + " says nothing any more");
        });
  }

  private Optional<String> owner(Supplier<Optional<String>> change) {
    try {
      return change.get();
    } catch (Denied | NotYetOpen | NotYetVisible refusal) {
      return borne(String.valueOf(refusal.getMessage()), refusal.getClass().getSimpleName());
    }
  }

  private Optional<String> done(String what) {
    log.accept(what);
    return Optional.empty();
  }

  private Optional<String> borne(String why, String inAWord) {
    log.accept("the tag " + Tags.STATUS + " of " + vpc + " was left: " + why);
    return Optional.of(inAWord);
  }
}
