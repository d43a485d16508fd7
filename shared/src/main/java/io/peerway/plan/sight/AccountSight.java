package io.peerway.plan.sight;

import io.peerway.model.error.Denied;
import io.peerway.model.error.NotYetOpen;
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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What could be read of a service account, Region by Region. */
public record AccountSight(List<InRegion> regions) {

  /** What could be read in one Region. */
  public sealed interface InRegion {
    Region region();
  }

  /**
   * It was read.
   *
   * @param vpcs all that the account sees, of some it shares subnets only; empty where the route
   *     tables tell enough
   * @param tables and {@code groups}: of the VPCs that have a peering with the hub, or where all is
   *     looked at, of all
   * @param acls of the VPCs that have a peering with the hub
   * @param lists the prefix lists that their tables name
   * @param whose the peering connections are that dead routes of {@code tables} lead to
   */
  public record Seen(
      Region region,
      Optional<Complete<Vpc>> vpcs,
      Map<VpcId, Complete<RouteTable>> tables,
      Map<VpcId, Complete<SecurityGroup>> groups,
      Map<VpcId, AclSight> acls,
      Map<PrefixListId, PrefixListSight> lists,
      Map<PeeringId, Whose> whose)
      implements InRegion {

    /** Where nobody looks what others have put in the way, or whose dead routes are. */
    public Seen(
        Region region,
        Optional<Complete<Vpc>> vpcs,
        Map<VpcId, Complete<RouteTable>> tables,
        Map<VpcId, Complete<SecurityGroup>> groups) {
      this(region, vpcs, tables, groups, Map.of(), Map.of(), Map.of());
    }

    /** Where only the VPCs were listed. */
    public Seen(Region region, Complete<Vpc> vpcs) {
      this(region, Optional.of(vpcs), Map.of(), Map.of());
    }

    /** The VPCs, where they were listed. */
    public List<RegionalVpc> listed() {
      return vpcs.stream()
          .flatMap(all -> all.items().stream())
          .map(vpc -> new RegionalVpc(region, vpc))
          .toList();
    }

    /**
     * A VPC that has a peering. Where VPCs were not listed, its route tables tell its CIDRs, and a
     * VPC without a route table is none: each has a main table that cannot be deleted (VPC user
     * guide, "Route table concepts": "main route table").
     */
    public VpcSight vpc(VpcSide side) {
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

    public Complete<RouteTable> tablesOf(VpcId vpc) {
      return tables.getOrDefault(vpc, new Complete<>(List.of()));
    }

    public Complete<SecurityGroup> groupsOf(VpcId vpc) {
      return groups.getOrDefault(vpc, new Complete<>(List.of()));
    }

    /** What others may have put in the way there. */
    public Obstacles.Side sideOf(VpcId vpc) {
      return new Obstacles.Side(
          vpc,
          tablesOf(vpc),
          lists,
          acls.getOrDefault(vpc, new AclSight.Seen(new Complete<>(List.of()))));
    }
  }

  /** It cannot be read, as {@link Reading} says. */
  public record Unread(Region region, PeerwayException failure) implements InRegion {
    /** The class of the failure. */
    public String error() {
      return failure.getClass().getSimpleName();
    }

    /** The failure in words. */
    public String why() {
      return String.valueOf(failure.getMessage());
    }
  }

  public AccountSight {
    regions = List.copyOf(regions);
  }

  /** Reads each Region. None of them says anything about the others. */
  public static AccountSight of(Collection<Region> regions, Function<Region, Reading<Seen>> read) {
    return new AccountSight(
        regions.stream()
            .<InRegion>map(
                region ->
                    switch (read.apply(region)) {
                      case Reading.Read<Seen>(Seen seen) -> seen;
                      case Reading.Closed<Seen>(PeerwayException failure) ->
                          new Unread(region, failure);
                    })
            .toList());
  }

  /**
   * Lists the VPCs of each Region.
   *
   * @throws Denied where not one Region let us in: then it is the account that is closed to us
   * @throws NotYetOpen the same, where it was AWS that has not opened the last of them yet
   */
  public static AccountSight ofVpcs(
      Collection<Region> regions, Function<Region, Complete<Vpc>> read) {
    AccountSight sight =
        of(regions, region -> Reading.of(() -> new Seen(region, read.apply(region))));
    List<Unread> unread = sight.unread();
    if (!unread.isEmpty() && unread.size() == regions.size()) {
      throw unread.getLast().failure();
    }
    return sight;
  }

  /** The VPCs that the account sees, where they were listed. */
  public List<RegionalVpc> vpcs() {
    return seen().stream().flatMap(region -> region.listed().stream()).toList();
  }

  /** The Regions that were read. */
  public List<Seen> seen() {
    return regions.stream().filter(Seen.class::isInstance).map(Seen.class::cast).toList();
  }

  /** Those that cannot be. */
  public List<Unread> unread() {
    return regions.stream().filter(Unread.class::isInstance).map(Unread.class::cast).toList();
  }

  /** What was read of one Region; empty where it was not read. */
  public Optional<Seen> in(Region region) {
    return seen().stream().filter(seen -> seen.region().equals(region)).findFirst();
  }

  /** A VPC that has a peering. Of a Region that nobody looked at it is unknown, and not gone. */
  public VpcSight vpc(VpcSide side) {
    return regions.stream()
        .filter(region -> region.region().equals(side.region()))
        .findFirst()
        .<VpcSight>map(
            region ->
                switch (region) {
                  case Seen seen -> seen.vpc(side);
                  case Unread unread -> new VpcSight.Unknown(unread.why());
                })
        .orElseGet(() -> new VpcSight.Unknown(side.region() + " was not read"));
  }

  /** Whether AWS is about to let us into one of the Regions. */
  public boolean mayOpenYet() {
    return unread().stream().anyMatch(region -> region.failure() instanceof NotYetOpen);
  }
}
