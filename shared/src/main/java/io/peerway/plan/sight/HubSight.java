package io.peerway.plan.sight;

import io.peerway.model.Parties;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.VpcId;
import io.peerway.plan.findings.ReconcileOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was read in the hub account and is needed to judge a service account.
 *
 * @param vpc the hub VPC
 * @param vpnAddresses of the VPN instances; none where there is no instance
 * @param peerings every live peering connection of the hub VPC, whole: claims are weighed against
 *     all others
 * @param listed the accounts of these that the organisation has just listed as active; none where
 *     it was not asked
 * @param fullestTable how many routes the one of its route tables has that has most; null where
 *     they were not read
 */
public record HubSight(
    Vpc vpc,
    List<Cidr> vpnAddresses,
    List<Peering> peerings,
    @Nullable List<AccountId> listed,
    @Nullable Integer fullestTable) {
  public HubSight {
    Objects.requireNonNull(vpc, "vpc");
    Objects.requireNonNull(vpnAddresses, "vpnAddresses");
    Objects.requireNonNull(peerings, "peerings");
  }

  /** Where the organisation was not asked. */
  public HubSight(Vpc vpc, List<Cidr> vpnAddresses, List<Peering> peerings) {
    this(vpc, vpnAddresses, peerings, null, null);
  }

  /** The same once the organisation has listed its active accounts. */
  public HubSight listing(Set<AccountId> active) {
    List<AccountId> ours =
        peerings.stream()
            .map(peering -> Parties.service(peering, vpc.id()).account())
            .filter(active::contains)
            .distinct()
            .toList();
    return new HubSight(vpc, vpnAddresses, peerings, ours, fullestTable);
  }

  /** The same with the routes of its tables counted. */
  public HubSight counting(Complete<RouteTable> tables) {
    int most = tables.items().stream().mapToInt(table -> table.routes().size()).max().orElse(0);
    return new HubSight(vpc, vpnAddresses, peerings, listed, most);
  }

  /** Whether the organisation has just listed it as active. */
  public boolean lists(AccountId account) {
    return listed != null && listed.contains(account);
  }

  /** Those of the hub VPC. */
  public List<Cidr> cidrs() {
    return vpc.cidrs();
  }

  /**
   * With our own tags only: 125 peerings with 50 tags of their owners each would not fit into an
   * execution's data.
   */
  public HubSight withOurTags() {
    return new HubSight(
        new Vpc(vpc.id(), vpc.owner(), vpc.cidrs(), ours(vpc.tags())),
        vpnAddresses,
        peerings.stream()
            .map(
                peering ->
                    new Peering(
                        peering.id(),
                        peering.status(),
                        peering.requester(),
                        peering.accepter(),
                        ours(peering.tags())))
            .toList(),
        listed,
        fullestTable);
  }

  private static Map<String, String> ours(Map<String, String> tags) {
    Map<String, String> ours = new HashMap<>(tags);
    ours.keySet().removeIf(key -> !key.startsWith(Tags.PREFIX));
    return Map.copyOf(ours);
  }

  /** Every live peering connection of the hub VPC. */
  public Complete<Peering> live() {
    return new Complete<>(peerings);
  }

  /** The connections of one account that {@code order} includes. */
  public List<Peering> of(AccountId account, VpcId hub, ReconcileOrder order) {
    return peerings.stream()
        .filter(peering -> order.includes(peering.id()))
        .filter(peering -> Parties.service(peering, hub).account().equals(account))
        .toList();
  }
}
