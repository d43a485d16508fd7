package io.peerway.plan.reconcile;

import io.peerway.model.NatSet;
import io.peerway.model.Parties;
import io.peerway.model.VpnInstance;
import io.peerway.model.error.Drifted;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Vpc;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Aws;
import io.peerway.plan.Settings;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.findings.Round;
import io.peerway.plan.nat.NatDrift;
import io.peerway.plan.nat.NatPlan;
import io.peerway.plan.nat.VpnAnswers;
import io.peerway.plan.network.Obstructions;
import io.peerway.plan.report.Doers;
import io.peerway.plan.sight.HubSight;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads everything that {@code reconcile} needs of the hub account, once for all connections, and
 * asks the VPN instances what they have in force.
 *
 * @param doers who has taken away what is missing
 */
public record ReadHub(Aws aws, ReconcileOrder order, Doers doers) {
  private static final AllConnections ALL = new AllConnections();

  /** What the workflow goes on with. */
  public ReconcileStart start() {
    Instant readAt = aws.now();
    VpcId hub = aws.settings().hubVpc();
    HubNetwork network = aws.hub(ALL);
    Complete<Peering> all = network.peerings();
    Complete<Peering> live = new Complete<>(all.items().stream().filter(Peering::isLive).toList());
    List<Peering> ours = live.items().stream().filter(peering -> peering.joins(hub)).toList();
    Complete<RouteTable> tables = network.routeTables(hub);
    Vpc hubVpc = aws.hubVpc(network);
    List<VpnInstance> instances = network.vpnInstances(hub);
    List<Peering> included = ours.stream().filter(p -> order.includes(p.id())).toList();
    Set<AccountId> active = order.looksForVpcs() ? members(hubVpc.owner()) : Set.of();
    Inspection found =
        RouteCheck.hub(
                Obstructions.ofHub(network, hub, tables),
                VpnInstance.subnets(instances),
                included,
                aws.settings())
            .and(leftBehind(network, tables, all));
    return new ReconcileStart(
        order,
        readAt.toEpochMilli(),
        AccountGroups.of(connected(included), active),
        new HubSight(hubVpc, VpnInstance.addresses(instances), ours)
            .withOurTags()
            .listing(active)
            .counting(tables),
        List.of(doers.named(found, included).shortened(ours.size())),
        nat(live, instances, readAt),
        Round.FIRST);
  }

  // The hub account needs no role in itself, and has none.
  private Set<AccountId> members(AccountId hubAccount) {
    return aws.organization().activeAccounts(ALL).items().stream()
        .filter(account -> !account.equals(hubAccount))
        .collect(Collectors.toSet());
  }

  private Set<AccountId> connected(List<Peering> included) {
    return included.stream()
        .map(peering -> Parties.service(peering, aws.settings().hubVpc()).account())
        .collect(Collectors.toSet());
  }

  // What EC2 does not list any more is asked for by id.
  private Inspection leftBehind(
      HubNetwork network, Complete<RouteTable> tables, Complete<Peering> all) {
    VpcId hub = aws.settings().hubVpc();
    List<Peering> live = all.items().stream().filter(Peering::isLive).toList();
    Set<PeeringId> routed = RouteCheck.leftBehind(tables, live);
    Set<PeeringId> gone = new TreeSet<>(routed);
    all.items().stream()
        .filter(peering -> peering.isHalfGone() && peering.joins(hub))
        .forEach(peering -> gone.add(peering.id()));
    gone.removeIf(id -> !order.includes(id));
    if (order.only() != null) {
      gone.add(order.only());
    }
    Inspection found = Inspection.NOTHING;
    for (PeeringId id : gone) {
      Optional<Peering> seen =
          all.items().stream()
              .filter(peering -> peering.id().equals(id))
              .findFirst()
              .or(() -> network.peering(id));
      found = found.and(RouteCheck.leftBehind(id, seen, hub, routed.contains(id)));
    }
    return found;
  }

  private VpnAnswers nat(Complete<Peering> live, List<VpnInstance> instances, Instant readAt) {
    if (instances.isEmpty()) {
      return VpnAnswers.done(List.of(NatDrift.unknown("there are none")));
    }
    Settings settings = aws.settings();
    try {
      NatSet wanted = NatPlan.plan(live, settings.hubVpc(), settings.clientPool(), readAt);
      return VpnAnswers.asked(aws.vpn().ask(wanted, ALL), wanted, instances);
    } catch (Drifted damaged) {
      return VpnAnswers.done(List.of(NatDrift.unknown(String.valueOf(damaged.getMessage()))));
    }
  }
}
