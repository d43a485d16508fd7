package io.peerway.plan.reconcile;

import io.peerway.model.Membership;
import io.peerway.model.Start;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.account.AccountNeeds;
import io.peerway.plan.account.AccountPlan;
import io.peerway.plan.account.LeftAlone;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.sight.AccountSight;
import io.peerway.plan.sight.HubSight;
import java.util.ArrayList;
import java.util.List;

/** VPCs of an account that ask for a connection and have none. */
final class TaggedVpcCheck {
  private TaggedVpcCheck() {}

  /** What is asked for, and what in vain. */
  static Inspection of(
      Settings settings,
      AccountId account,
      Membership membership,
      HubSight hub,
      AccountSight sight) {
    AccountNeeds needs =
        new AccountPlan(settings, account, membership, hub.vpc(), hub.live())
            .forTagged(sight.vpcs());
    List<Finding> findings = new ArrayList<>();
    for (Start start : needs.starts()) {
      if (start instanceof Start.Request request) {
        findings.add(
            Finding.drift(
                request.vpc(),
                "connect it, account " + account + " in " + request.region() + " asks"));
      }
    }
    for (LeftAlone left : needs.leftAlone()) {
      if (left instanceof LeftAlone.Refuse(VpcId vpc, String reason)) {
        findings.add(Finding.refused(vpc, reason));
      }
    }
    return new Inspection(findings, needs.starts());
  }
}
