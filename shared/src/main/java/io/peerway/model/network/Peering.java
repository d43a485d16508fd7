package io.peerway.model.network;

import io.peerway.model.error.Drifted;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A VPC peering connection as the hub account sees it.
 *
 * @param tags the hub account's own tags on it; tags of the other account are invisible here, so
 *     these can be trusted
 * @param asked when it was asked for, milliseconds since 1970; EC2 says so of pending ones only
 */
public record Peering(
    PeeringId id,
    PeeringStatus status,
    VpcSide requester,
    VpcSide accepter,
    Map<String, String> tags,
    @Nullable Long asked) {

  /** Where nobody knows when it was asked for. */
  public Peering(
      PeeringId id,
      PeeringStatus status,
      VpcSide requester,
      VpcSide accepter,
      Map<String, String> tags) {
    this(id, status, requester, accepter, tags, null);
  }

  /**
   * The service CIDRs that admission claimed for this peering connection, in its tag; empty before
   * admission, and where the claim is {@linkplain #isWithdrawn withdrawn} or lost.
   *
   * @throws Drifted where somebody wrote something else into the tag: taken for none, its addresses
   *     would look free, and would drop out of the NAT set
   */
  public List<Cidr> claim() {
    try {
      return Cidr.list(tags.getOrDefault(Tags.CIDRS, ""));
    } catch (IllegalArgumentException e) {
      throw new Drifted(
          id,
          "the tag "
              + Tags.CIDRS
              + " is no longer as admission wrote it ("
              + e.getMessage()
              + "). Write the service VPC's CIDRs into it, separated by spaces, then redrive.");
    }
  }

  /** Whether admission's claim stands on it; whether it can be read is another matter. */
  public boolean isClaimed() {
    return !tags.getOrDefault(Tags.CIDRS, "").isEmpty();
  }

  /** Whether Peerway has taken its claim away, because the connection has to end. */
  public boolean isWithdrawn() {
    return tags.containsKey(Tags.CIDRS) && !isClaimed();
  }

  /**
   * Whether it is accepted, and nobody of ours says anything of its CIDRs: it was never admitted,
   * or somebody took our tags off. That alone takes nothing away from it.
   */
  public boolean isUnclaimed() {
    return status.isAccepted() && !tags.containsKey(Tags.CIDRS);
  }

  /** CIDRs of the service VPC that were refused while the connection goes on without them. */
  public List<Cidr> leftOut() {
    try {
      return Cidr.list(tags.getOrDefault(Tags.LEFT_OUT, ""));
    } catch (IllegalArgumentException e) {
      // Only a note for ourselves: without it admission looks at them once more.
      return List.of();
    }
  }

  /**
   * Whether the service VPC's tag has asked for it, as Peerway noted: then the tag's end ends it.
   */
  public boolean isByTag() {
    return Tags.BY_TAG.equals(tags.get(Tags.BY));
  }

  /**
   * Whether Peerway has let it in, or has asked for it itself: then it is Peerway's to end. The
   * claim is the first thing that goes when a connection ends; its empty tag and the mark of who
   * asked for it stay.
   */
  public boolean wasLetIn() {
    return hasMark() || tags.containsKey(Tags.CIDRS);
  }

  /** Whether people have accepted it themselves, and Peerway has never let it in. */
  public boolean wasMadeByHand() {
    return status.isAccepted() && !wasLetIn();
  }

  /** Whether it says who has asked for it. */
  public boolean hasMark() {
    return isByTag() || Tags.BY_REQUEST.equals(tags.get(Tags.BY));
  }

  /** The same with a tag. */
  public Peering with(String key, String value) {
    Map<String, String> more = new HashMap<>(tags);
    more.put(key, value);
    return new Peering(id, status, requester, accepter, Map.copyOf(more), asked);
  }

  /** The same without a tag. */
  public Peering without(String key) {
    Map<String, String> fewer = new HashMap<>(tags);
    fewer.remove(key);
    return new Peering(id, status, requester, accepter, Map.copyOf(fewer), asked);
  }

  /** Whether it is not over. */
  public boolean isLive() {
    return status.isPending() || status.isAccepted();
  }

  /** Whether it is over, and what it had in its service account may still be there. */
  public boolean isHalfGone() {
    return !isLive() && tags.containsKey(Tags.CIDRS);
  }

  /**
   * The CIDRs for which a pending request waits until the hub VPC has room; empty where it does not
   * wait.
   */
  public List<Cidr> waitsForRoom() {
    try {
      return status.isPending() ? Cidr.list(tags.getOrDefault(Tags.WAITS_FOR, "")) : List.of();
    } catch (IllegalArgumentException e) {
      // Only a note for ourselves: without it the scan lets admission look again.
      return List.of();
    }
  }

  /** Whether people wait to hear that it is connected: they were told what stands in its way. */
  public boolean isObstructed() {
    return !tags.getOrDefault(Tags.OBSTRUCTED, "").isEmpty();
  }

  /** Whether its service VPC is about to be deleted, and waits for our group to go. */
  public boolean holdsUpDeletion() {
    return !tags.getOrDefault(Tags.ENDS, "").isEmpty();
  }

  /** Accounts that wait for its addresses; what is no account id was not written by us. */
  public List<AccountId> wantedBy() {
    return Stream.of(tags.getOrDefault(Tags.WANTED_BY, "").split(" ", -1))
        .filter(AccountId::isWellFormed)
        .map(AccountId::new)
        .distinct()
        .toList();
  }

  public boolean joins(VpcId vpc) {
    return requester.vpc().equals(vpc) || accepter.vpc().equals(vpc);
  }
}
