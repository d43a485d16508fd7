package io.peerway.plan.seen;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.report.Looked;
import io.peerway.plan.report.ReportLine;
import io.peerway.plan.report.Standing;
import io.peerway.plan.rules.Decision;
import io.peerway.plan.rules.LostClaim;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a connection is, by its own tags as they are now, and by what the last run found.
 *
 * @param why in a sentence
 */
public record Judgement(State state, String why) {
  // The way from its claim to its notification takes a minute or two.
  private static final Duration UNDERWAY = Duration.ofMinutes(5);

  /** Judges one that EC2 shows and that is not merely over. */
  static Judgement of(Peering peering, Looked looked, Instant now) {
    if (!peering.isLive()) {
      return peering.status() == PeeringStatus.REJECTED && !peering.isHalfGone()
          ? new Judgement(State.REFUSED, "the request was rejected")
          : new Judgement(State.ENDING, "the peering connection is " + peering.status().code());
    }
    if (looked.ending().contains(peering.id())
        || (peering.status().isAccepted() && peering.isWithdrawn())
        || peering.holdsUpDeletion()) {
      return new Judgement(State.ENDING, first(peering, looked.changes(), "it is being ended"));
    }
    return peering.status().isPending() ? pending(peering, looked) : accepted(peering, looked, now);
  }

  private static Judgement pending(Peering peering, Looked looked) {
    if (Decision.isRefused(peering) || stands(peering, looked, Finding.Sort.REFUSED)) {
      return new Judgement(
          State.REFUSED, first(peering, looked.leftAlone(), "a person has refused it"));
    }
    if (!peering.waitsForRoom().isEmpty()) {
      return new Judgement(State.WAITING, "it waits until the hub VPC has room for it");
    }
    return new Judgement(
        State.WAITING, first(peering, looked.leftAlone(), "the request is not decided yet"));
  }

  private static Judgement accepted(Peering peering, Looked looked, Instant now) {
    boolean isAdmitted = peering.isClaimed() && !LostClaim.isLost(peering);
    if (!isAdmitted && stands(peering, looked, Finding.Sort.REFUSED)) {
      return new Judgement(
          State.REFUSED, first(peering, looked.leftAlone(), "a rule is against it"));
    }
    if (!isAdmitted && stands(peering, looked, Finding.Sort.WAITS_FOR_APPROVAL)) {
      return new Judgement(State.WAITING, first(peering, looked.leftAlone(), "it waits"));
    }
    Optional<Instant> letIn = LetIn.of(peering).map(LetIn::at);
    Optional<Instant> read = read(looked);
    if (isAdmitted && letIn.isPresent() && read.filter(at -> at.isAfter(letIn.get())).isEmpty()) {
      return Duration.between(letIn.get(), now).compareTo(UNDERWAY) < 0
          ? new Judgement(State.WAITING, "it was let in just now, and is being connected")
          : new Judgement(State.CONNECTED, "no run of reconcile has looked at it yet");
    }
    return checked(peering, looked, isAdmitted && read.isPresent());
  }

  private static Judgement checked(Peering peering, Looked looked, boolean isKnown) {
    List<ReportLine> unknown = Looked.at(peering.id(), looked.unknown());
    if (!unknown.isEmpty()) {
      return new Judgement(State.UNKNOWN, unknown.getFirst().what());
    }
    List<ReportLine> changes = Looked.at(peering.id(), looked.changes());
    if (!changes.isEmpty()) {
      return new Judgement(State.DRIFTED, changes.getFirst().what());
    }
    if (!isKnown) {
      return new Judgement(
          State.UNKNOWN,
          read(looked).isEmpty()
              ? "no run of reconcile has ended yet"
              : "nobody of Peerway has let it in, or its tags are gone");
    }
    return peering.isObstructed()
        ? new Judgement(
            State.DRIFTED, "something of others on a VPN instance lets no client through")
        : new Judgement(
            State.CONNECTED, first(peering, looked.leftAlone(), "all is as it should be"));
  }

  private static boolean stands(Peering peering, Looked looked, Finding.Sort sort) {
    return looked.standings().contains(new Standing(peering.id(), sort));
  }

  private static String first(Peering peering, List<ReportLine> lines, String otherwise) {
    return Looked.at(peering.id(), lines).stream()
        .map(ReportLine::what)
        .findFirst()
        .orElse(otherwise);
  }

  private static Optional<Instant> read(Looked looked) {
    try {
      return looked.at().isEmpty() ? Optional.empty() : Optional.of(Instant.parse(looked.at()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
