package io.peerway.plan.admission;

import io.peerway.model.Parties;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.network.Peering;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSight;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.rules.LostClaim;
import io.peerway.plan.rules.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps two overlapping requests that are decided at the same moment from both being accepted,
 * without a lock or a table of our own.
 *
 * <p>Each request first writes its CIDRs on its own peering connection (the claim), and only then
 * reads everybody's claims. Of two that run side by side at least one therefore sees the other. An
 * accepted claim wins; of two pending ones the lower id wins, but only once the other has
 * withdrawn: until then it waits, because the other might have read earlier and be accepted
 * already.
 */
public final class Claims {
  private Claims() {}

  /** What a request has to do about the claims it sees. */
  public sealed interface Verdict {
    /** Nobody is in the way. */
    record Free() implements Verdict {}

    /** Somebody else keeps the addresses. */
    record Lost(Refusal refusal) implements Verdict {}

    /** {@code rival} will lose, but has not yet withdrawn. */
    record Wait(PeeringId rival) implements Verdict {}
  }

  /**
   * The tags that a peering connection lacks to show what was admitted; none where it shows it.
   *
   * @param cidrs the admitted CIDRs
   * @param leftOut CIDRs of the same VPC that were not
   * @param byTag whether the VPC's tag asks for the connection, so that taking it off ends it
   */
  public static Map<String, String> missingTags(
      Peering peering, List<Cidr> cidrs, List<Cidr> leftOut, boolean byTag) {
    Map<String, String> missing = new HashMap<>();
    if (LostClaim.isLost(peering) || !peering.claim().equals(cidrs)) {
      missing.put(Tags.CIDRS, Cidr.text(cidrs));
    }
    if (!peering.leftOut().equals(leftOut)) {
      missing.put(Tags.LEFT_OUT, Cidr.text(leftOut));
    }
    missing.putAll(missingMark(peering, byTag));
    return Map.copyOf(missing);
  }

  // What a tag has asked for once, the tag's end ends, whoever asks for it as well.
  private static Map<String, String> missingMark(Peering peering, boolean byTag) {
    if (byTag) {
      return peering.isByTag() ? Map.of() : Map.of(Tags.BY, Tags.BY_TAG);
    }
    return peering.hasMark() ? Map.of() : Map.of(Tags.BY, Tags.BY_REQUEST);
  }

  /**
   * The mark that a request lacks which people are now told to approve. Where the VPC's tag asks it
   * is the tag's, so that the tag's end takes it back.
   */
  public static Map<String, String> missingMarkOfWaiting(Peering peering, boolean byTag) {
    if (byTag) {
      return peering.isByTag() ? Map.of() : Map.of(Tags.BY, Tags.BY_TAG);
    }
    return peering.tags().containsKey(Tags.BY) ? Map.of() : Map.of(Tags.BY, Tags.BY_WAITING);
  }

  /**
   * Whoever looks once a claim is written finds in it what was admitted, and that the tag has
   * asked. Whoever saw the VPC change just before could not know: so it is read again.
   *
   * @return why the connection is over, as it stands now
   * @throws NotYetVisible where it has other CIDRs now: decided anew, it may be another claim
   */
  public static Optional<String> overSince(VpcSight before, Vpc now) {
    if (wantsConnection(before) && !now.wantsConnection()) {
      return Optional.of(now.id() + " has lost the tag " + Tags.CONNECT + "=true meanwhile");
    }
    List<Cidr> then = before instanceof VpcSight.Seen(Vpc vpc) ? vpc.cidrs() : List.of();
    if (!now.cidrs().equals(then)) {
      throw new NotYetVisible(
          now.id() + " has changed from " + then + " to " + now.cidrs() + " meanwhile");
    }
    return Optional.empty();
  }

  /** Whether the VPC was seen with the tag that asks for a connection. */
  public static boolean wantsConnection(VpcSight sight) {
    return sight instanceof VpcSight.Seen(Vpc vpc) && vpc.wantsConnection();
  }

  /**
   * Weighs the claims that overlap ours.
   *
   * @param own the request itself; one that somebody accepted by hand is weighed as well
   * @param live every live peering connection, {@code own} among them with its claim
   */
  public static Verdict verdict(Peering own, VpcId hub, Complete<Peering> live) {
    Verdict verdict = new Verdict.Free();
    for (Peering rival : live.items()) {
      if (rival.id().equals(own.id())
          || !rival.joins(hub)
          || !overlap(own.claim(), held(rival, own, hub))) {
        continue;
      }
      if (rival.status().isAccepted() || cameBefore(rival, own)) {
        return new Verdict.Lost(
            new Refusal(
                "ApartFromOtherServices",
                own.claim()
                    + " overlaps "
                    + held(rival, own, hub)
                    + " of "
                    + rival.id()
                    + ", which came first"));
      }
      verdict = new Verdict.Wait(rival.id());
    }
    return verdict;
  }

  // Who has lost its claim keeps its addresses all the same. Of two that are accepted already,
  // admission has weighed what they have.
  private static List<Cidr> held(Peering rival, Peering own, VpcId hub) {
    if (!LostClaim.isLost(rival)) {
      return rival.claim();
    }
    return own.status().isAccepted() ? List.of() : Parties.service(rival, hub).cidrs();
  }

  // Of an accepted and a pending one, the pending one loses as soon as it looks.
  private static boolean cameBefore(Peering rival, Peering own) {
    return !own.status().isAccepted() && rival.id().compareTo(own.id()) < 0;
  }

  private static boolean overlap(List<Cidr> ours, List<Cidr> theirs) {
    return ours.stream().anyMatch(cidr -> theirs.stream().anyMatch(cidr::overlaps));
  }
}
