package io.peerway.workflows;

import io.peerway.model.network.Change;
import io.peerway.model.network.Ingress;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.RouteTableId;
import io.peerway.plan.rules.Decision;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the facts so far ask for, told by people's doings alone. */
final class Demand {

  static final Route OTHERS =
      new Route(new Cidr("10.200.0.0/16"), Samples.OTHER_PEERING.value(), Route.State.ACTIVE);
  static final Route FOREIGN =
      new Route(new Cidr("10.99.0.0/16"), "tgw-0123456789abcdef0", Route.State.ACTIVE);

  private static final Cidr FIRST = new Cidr("10.110.0.0/16");
  private static final Cidr SECOND = new Cidr("10.120.0.0/24");

  /** How it may end. */
  enum End {
    CONNECTED,
    GONE,
    /** Nothing of ours, but the peering connection that people of the hub accepted by hand. */
    LEFT_TO_PEOPLE
  }

  /** The request that people sent last. */
  private static final class ByHand {
    private final PeeringId id;
    private boolean deleted;
    private boolean refused;
    private boolean doubtful;

    private ByHand(PeeringId id, boolean doubtful) {
      this.id = id;
      this.doubtful = doubtful;
    }
  }

  private boolean tagged;
  private boolean exists = true;
  private boolean inUnit = true;
  private boolean closed;
  private boolean second;
  private boolean refused;
  private boolean deletedUnseen;
  private @Nullable ByHand byHand;
  private @Nullable PeeringId acceptedByHand;

  private final Map<RouteTableId, List<Route>> tables = new HashMap<>();
  private List<SecurityGroup> groups = List.of();
  private @Nullable Peering other;

  void begins(World world) {
    for (var vpc : List.of(Samples.HUB_VPC, Samples.SERVICE_VPC)) {
      world.tables(vpc).forEach(table -> tables.put(table.id(), table.routes()));
    }
    groups = world.groups(Samples.SERVICE_VPC);
    other = world.peering(Samples.OTHER_PEERING);
  }

  boolean tagged() {
    return tagged;
  }

  boolean inUnit() {
    return inUnit;
  }

  boolean closed() {
    return closed;
  }

  List<Cidr> cidrs() {
    return second ? List.of(FIRST, SECOND) : List.of(FIRST);
  }

  static boolean joinsService(Peering peering) {
    return peering.joins(Samples.SERVICE_VPC);
  }

  static boolean isLive(Peering peering) {
    return peering.status().isPending() || peering.status().isAccepted();
  }

  /** Takes a fact in; false where it cannot be, because the VPC or the account is no more. */
  boolean allows(Fact fact) {
    if (closed) {
      return EnumSet.of(Fact.DELETE_BY_HUB, Fact.REFUSE, Fact.VPN_BREAKS, Fact.VPN_IS_MENDED)
          .contains(fact);
    }
    boolean possible =
        switch (fact) {
          case TAG_ON, ASK, ASK_BY_HUB, NEW_ROUTE_TABLE, DELETE_VPC -> exists;
          case TAG_OFF -> exists && tagged;
          case CIDR_ON -> exists && !second;
          case CIDR_OFF -> exists && second;
          case MOVE_OUT -> inUnit;
          case MOVE_IN -> !inUnit;
          case ACCEPT,
              DELETE_BY_SERVICE,
              DELETE_BY_HUB,
              CLOSE_ACCOUNT,
              REFUSE,
              APPROVE,
              VPN_BREAKS,
              VPN_IS_MENDED ->
              true;
        };
    if (possible) {
      take(fact);
    }
    return possible;
  }

  private void take(Fact fact) {
    switch (fact) {
      case TAG_ON -> tagged = true;
      case TAG_OFF -> tagged = false;
      case CIDR_ON -> second = true;
      case CIDR_OFF -> second = false;
      case DELETE_VPC -> exists = false;
      case MOVE_OUT -> inUnit = false;
      case MOVE_IN -> inUnit = true;
      case CLOSE_ACCOUNT -> closed = true;
      case NEW_ROUTE_TABLE -> {}
      case ASK,
          ASK_BY_HUB,
          ACCEPT,
          DELETE_BY_SERVICE,
          DELETE_BY_HUB,
          REFUSE,
          APPROVE,
          VPN_BREAKS,
          VPN_IS_MENDED -> {
        return;
      }
    }
    deletedUnseen = false;
    doubt(tagged || !inUnit);
  }

  private void doubt(boolean doubtful) {
    if (byHand != null && doubtful) {
      byHand.doubtful = true;
    }
  }

  void newTable(RouteTableId id) {
    tables.put(id, List.of());
  }

  void asked(PeeringId id, boolean thereAlready) {
    if (byHand == null || !byHand.id.equals(id)) {
      byHand = new ByHand(id, thereAlready || tagged || !inUnit);
    }
  }

  void accepted(PeeringId id) {
    acceptedByHand = id;
  }

  void deleted(PeeringId id) {
    deletedUnseen = true;
    if (id.equals(acceptedByHand)) {
      acceptedByHand = null;
    }
    if (byHand != null && byHand.id.equals(id)) {
      byHand.deleted = true;
    }
  }

  void decided(PeeringId id, String decision) {
    boolean no = decision.equals("refuse");
    refused |= no;
    if (byHand != null && byHand.id.equals(id)) {
      byHand.doubtful |= byHand.refused;
      byHand.refused = no;
    }
  }

  /** How it may end: mostly in one way only. */
  Set<End> ends() {
    if (!exists || !inUnit || closed) {
      return endsWithoutUs();
    }
    if (tagged) {
      return refused || deletedUnseen
          ? EnumSet.of(End.CONNECTED, End.GONE)
          : EnumSet.of(End.CONNECTED);
    }
    if (byHand == null || byHand.deleted || byHand.refused) {
      return EnumSet.of(End.GONE);
    }
    // A refusal counts for the VPC, once it is noted on the hub VPC.
    return byHand.doubtful || refused
        ? EnumSet.of(End.CONNECTED, End.GONE)
        : EnumSet.of(End.CONNECTED);
  }

  private Set<End> endsWithoutUs() {
    return acceptedByHand == null ? EnumSet.of(End.GONE) : EnumSet.of(End.GONE, End.LEFT_TO_PEOPLE);
  }

  // ---- what is there
  // -----------------------------------------------------------------------------

  /** What is not as it has to be, each as one line; none when all is well. */
  List<String> findings(World world, List<Cidr> translated) {
    List<String> best = null;
    for (End end : isNoted(world) ? endsWithoutUs() : ends()) {
      List<String> findings = findings(end, world, translated);
      best = best == null || findings.size() < best.size() ? findings : best;
    }
    return best == null ? List.of() : best;
  }

  // Once a person's refusal is noted, nothing of ours connects the VPC.
  private static boolean isNoted(World world) {
    return world
        .hub()
        .apply(Samples.PEERING)
        .vpc(Samples.HUB_VPC)
        .filter(hub -> hub.hasRefused(Samples.SERVICE_VPC))
        .isPresent();
  }

  private List<String> findings(End end, World world, List<Cidr> translated) {
    List<String> findings = new ArrayList<>();
    List<Peering> live =
        world.peerings().stream()
            .filter(Demand::joinsService)
            .filter(Demand::isLive)
            .filter(peering -> !expires(peering))
            .toList();
    Optional<Peering> own = end == End.CONNECTED ? live.stream().findFirst() : Optional.empty();
    List<Cidr> services = new ArrayList<>(List.of(OTHERS.destination()));
    if (end == End.CONNECTED) {
      services.addAll(cidrs());
      same(findings, "live peerings", 1, live.size());
      own.ifPresent(
          peering -> {
            same(findings, "status", PeeringStatus.ACTIVE, peering.status());
            same(findings, "claim", new TreeSet<>(cidrs()), new TreeSet<>(peering.claim()));
            if (tagged) {
              same(findings, "noted", "tag", peering.tags().get(Tags.BY));
            }
          });
    } else {
      List<PeeringId> left =
          end == End.LEFT_TO_PEOPLE && acceptedByHand != null ? List.of(acceptedByHand) : List.of();
      same(findings, "live peerings", left, live.stream().map(Peering::id).toList());
    }
    leftToPeople(findings, world);
    same(findings, "NAT", Cidr.cover(services), translated);
    tables(findings, world.tables(Samples.HUB_VPC), own, cidrs());
    if (exists && !closed) {
      tables(findings, world.tables(Samples.SERVICE_VPC), own, Samples.HUB_CIDRS);
      groups(findings, world, end);
    }
    same(findings, "the other connection", other, world.peering(Samples.OTHER_PEERING));
    return findings;
  }

  // Whether it was let in, when it was accepted, hangs on what was quicker. Where it was not, only
  // people end it; where it was, nothing of it is left behind as theirs.
  private void leftToPeople(List<String> findings, World world) {
    if (acceptedByHand == null || !exists) {
      return;
    }
    Peering peering = world.peering(acceptedByHand);
    if (!peering.wasLetIn() && !Decision.isRefused(peering)) {
      same(findings, "made by hand", true, peering.status().isAccepted());
    } else if (closed || !inUnit) {
      same(findings, "let in", false, peering.status().isAccepted());
    }
  }

  // Only the account that is asked can reject, and it is closed.
  private boolean expires(Peering peering) {
    return closed
        && peering.status().isPending()
        && peering.requester().vpc().equals(Samples.HUB_VPC);
  }

  private void tables(
      List<String> findings, List<RouteTable> there, Optional<Peering> own, List<Cidr> wanted) {
    for (RouteTable table : there) {
      Set<String> routes = new TreeSet<>();
      tables.get(table.id()).forEach(route -> routes.add(route.toString()));
      own.ifPresent(
          peering ->
              wanted.forEach(
                  cidr ->
                      routes.add(
                          new Route(cidr, peering.id().value(), Route.State.ACTIVE).toString())));
      Set<String> actual = new TreeSet<>();
      table.routes().forEach(route -> actual.add(route.toString()));
      same(findings, table.id().value(), routes, actual);
    }
  }

  private void groups(List<String> findings, World world, End end) {
    List<SecurityGroup> foreign = new ArrayList<>(world.groups(Samples.SERVICE_VPC));
    List<SecurityGroup> ours =
        foreign.stream()
            .filter(group -> group.name().equals(Change.CreateVpnGroup.name(Samples.HUB_VPC)))
            .toList();
    foreign.removeAll(ours);
    same(findings, "foreign groups", groups, foreign);
    Object wanted =
        end == End.CONNECTED
            ? List.of(
                List.of(
                    new Ingress(Samples.settings().ports().getFirst(), new Cidr("10.100.0.10/32"))))
            : List.of();
    same(findings, "our group", wanted, ours.stream().map(SecurityGroup::ingress).toList());
  }

  private static void same(
      List<String> findings, String what, @Nullable Object wanted, @Nullable Object actual) {
    if (!java.util.Objects.equals(wanted, actual)) {
      findings.add(what + ": " + actual + " instead of " + wanted);
    }
  }
}
