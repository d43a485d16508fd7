package io.peerway.plan.reconcile;

import io.peerway.model.error.ForeignGroup;
import io.peerway.model.network.Peering;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.plan.Settings;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.network.Obstacles;
import io.peerway.plan.network.SecurityGroupPlan;
import io.peerway.plan.sight.AccountSight;
import io.peerway.plan.sight.HubSight;
import java.util.ArrayList;
import java.util.List;

/** What a service VPC lacks of a connection, and what others have in its way there. */
final class ServiceSide {
  private ServiceSide() {}

  /** The findings about one connection. */
  static List<Finding> of(
      Peering peering, Vpc vpc, AccountSight.Seen sight, HubSight hub, Settings settings) {
    List<Finding> findings =
        new ArrayList<>(RouteCheck.of(sight.tablesOf(vpc.id()), hub.cidrs(), peering));
    if (hub.vpnAddresses().isEmpty()) {
      findings.add(
          Finding.unknown(
              peering.id(), "no instance of the hub VPC has the tag " + Tags.ROLE + "=vpn"));
      return findings;
    }
    try {
      SecurityGroupPlan.plan(
              sight.groupsOf(vpc.id()),
              vpc.id(),
              settings.hubVpc(),
              settings.ports(),
              hub.vpnAddresses(),
              peering.id())
          .forEach(change -> findings.add(Finding.drift(peering.id(), change, vpc.id())));
      SecurityGroupPlan.slips(
              sight.groupsOf(vpc.id()), settings.hubVpc(), settings.ports(), hub.vpnAddresses())
          .reported()
          .forEach(line -> findings.add(Finding.leftAlone(line.group(), line.what())));
    } catch (ForeignGroup taken) {
      findings.add(Finding.leftAlone(peering.id(), taken.beside(peering.id())));
    }
    Obstacles.ofService(
            sight.sideOf(vpc.id()),
            hub.cidrs(),
            hub.vpnAddresses(),
            Obstacles.ports(settings, sight.groupsOf(vpc.id())),
            peering.id())
        .forEach(obstacle -> findings.add(Finding.of(peering.id(), obstacle)));
    return findings;
  }
}
