package io.peerway.plan.account;

import io.peerway.model.Start;
import io.peerway.model.network.RegionalVpc;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.VpcId;
import io.peerway.plan.notices.Status;
import java.util.Optional;

/** What the tag for its team has to say on a VPC that nobody has asked a peering for. */
public final class TaggedStatus {
  private TaggedStatus() {}

  /**
   * What it has to say: nothing, or why the VPC does not get what its tag asks for.
   *
   * @param needs of the account, by all its VPCs
   * @return empty where it stays as it is, because the VPC is asked for in a moment
   */
  public static Optional<StatusChange> of(RegionalVpc seen, AccountNeeds needs) {
    Vpc vpc = seen.vpc();
    return needs.starts().stream().anyMatch(start -> asksFor(start, vpc.id()))
        ? Optional.empty()
        : Optional.of(
            new StatusChange(
                seen, refusal(vpc, needs).map(LeftAlone::reason).map(Status::refused)));
  }

  private static boolean asksFor(Start start, VpcId vpc) {
    return start instanceof Start.Request request && request.vpc().equals(vpc);
  }

  // What the tag itself has wrong is said in any case: the hourly and the daily run do not tell it.
  private static Optional<LeftAlone> refusal(Vpc vpc, AccountNeeds needs) {
    return needs.leftAlone().stream()
        .filter(left -> left instanceof LeftAlone.Refuse refused && refused.vpc().equals(vpc.id()))
        .findFirst()
        .or(() -> TaggedVpcs.slip(vpc));
  }
}
