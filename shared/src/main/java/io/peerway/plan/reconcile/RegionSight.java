package io.peerway.plan.reconcile;

import io.peerway.model.error.PeerwayException;
import io.peerway.model.network.AclSight;
import io.peerway.model.network.PrefixListSight;
import io.peerway.model.network.RegionalVpc;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.network.VpcSight;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import io.peerway.plan.network.Obstacles;
import io.peerway.plan.network.RoutedVpc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What could be read of a service account in one Region. */
public sealed interface RegionSight {
  Region region();

  /** The VPCs that the account sees, where they were listed; of some it shares subnets only. */
  static List<RegionalVpc> vpcs(List<RegionSight> sights) {
    List<RegionalVpc> vpcs = new ArrayList<>();
    for (RegionSight sight : sights) {
      if (sight instanceof RegionSight.Seen seen && seen.vpcs().isPresent()) {
        seen.vpcs().get().items().forEach(vpc -> vpcs.add(new RegionalVpc(seen.region(), vpc)));
      }
    }
    return vpcs;
  }

  /**
   * It was read.
   *
   * @param vpcs all of them; empty where the route tables tell enough
   * @param tables and {@code groups}: of the VPCs that have a peering with the hub, or where all is
   *     looked at, of all
   * @param acls of the VPCs that have a peering with the hub
   * @param lists the prefix lists that their tables name
   * @param whose the peering connections are that dead routes of {@code tables} lead to
   */
  record Seen(
      Region region,
      Optional<Complete<Vpc>> vpcs,
      Map<VpcId, Complete<RouteTable>> tables,
      Map<VpcId, Complete<SecurityGroup>> groups,
      Map<VpcId, AclSight> acls,
      Map<PrefixListId, PrefixListSight> lists,
      Map<PeeringId, Leftovers.Whose> whose)
      implements RegionSight {

    /**
     * A VPC that has a peering. Where VPCs were not listed, its route tables tell its CIDRs, and a
     * VPC without a route table is none: each has a main table that cannot be deleted (VPC user
     * guide, "Route table concepts": "main route table").
     */
    VpcSight vpc(VpcSide side) {
      if (vpcs.isPresent()) {
        return vpcs.get().items().stream()
            .filter(vpc -> vpc.id().equals(side.vpc()) && vpc.owner().equals(side.account()))
            .findFirst()
            .<VpcSight>map(VpcSight.Seen::new)
            .orElseGet(VpcSight.Gone::new);
      }
      Complete<RouteTable> own = tablesOf(side.vpc());
      return own.items().isEmpty()
          ? new VpcSight.Gone()
          : new VpcSight.Seen(RoutedVpc.of(side, own));
    }

    Complete<RouteTable> tablesOf(VpcId vpc) {
      return tables.getOrDefault(vpc, new Complete<>(List.of()));
    }

    /** Where nobody looks what others have put in the way, or whose dead routes are. */
    public Seen(
        Region region,
        Optional<Complete<Vpc>> vpcs,
        Map<VpcId, Complete<RouteTable>> tables,
        Map<VpcId, Complete<SecurityGroup>> groups) {
      this(region, vpcs, tables, groups, Map.of(), Map.of(), Map.of());
    }

    /** What others may have put in the way there. */
    Obstacles.Side sideOf(VpcId vpc) {
      return new Obstacles.Side(
          vpc,
          tablesOf(vpc),
          lists,
          acls.getOrDefault(vpc, new AclSight.Seen(new Complete<>(List.of()))));
    }

    Complete<SecurityGroup> groupsOf(VpcId vpc) {
      return groups.getOrDefault(vpc, new Complete<>(List.of()));
    }
  }

  /**
   * It could not be read.
   *
   * @param error the class of the failure
   * @param why the failure in words
   */
  record Unknown(Region region, String error, String why) implements RegionSight {
    public static Unknown of(Region region, PeerwayException failure) {
      return new Unknown(
          region, failure.getClass().getSimpleName(), String.valueOf(failure.getMessage()));
    }
  }
}
