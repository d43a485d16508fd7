package io.peerway.plan.reconcile;

import io.peerway.model.Connection;
import io.peerway.model.Membership;
import io.peerway.model.Parties;
import io.peerway.model.error.Drifted;
import io.peerway.model.error.ForeignGroup;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RegionalVpc;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.network.VpcSight;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.account.AccountAction;
import io.peerway.plan.account.AccountPlan;
import io.peerway.plan.admission.Admission;
import io.peerway.plan.admission.Withdrawal;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.Loss;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.findings.Repair;
import io.peerway.plan.network.Obstacles;
import io.peerway.plan.network.SecurityGroupPlan;
import io.peerway.plan.rules.AdmissionFacts;
import io.peerway.plan.rules.Eligibility;
import io.peerway.plan.rules.LostClaim;
import io.peerway.plan.rules.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Compares what one service account has with what it should have. What could not be read is
 * unknown: it never ends a connection.
 */
public final class AccountCheck {
  private final Settings settings;
  private final AccountId account;
  private final HubSight hub;
  private final ReconcileOrder order;
  private final List<Peering> peerings;

  /** A check of one account. */
  public AccountCheck(Settings settings, AccountId account, HubSight hub, ReconcileOrder order) {
    this.settings = settings;
    this.account = account;
    this.hub = hub;
    this.order = order;
    this.peerings = hub.of(account, settings.hubVpc(), order);
  }

  /**
   * Everything about the account.
   *
   * @param hubTables asked for only where something that nobody has admitted would be
   */
  public Inspection check(
      List<RegionSight> sights, Membership membership, Supplier<Complete<RouteTable>> hubTables) {
    Inspection found = Inspection.NOTHING;
    for (Peering peering : peerings) {
      RegionSight sight = sight(sights, service(peering).region());
      found = found.and(checked(peering, sight, membership, hubTables));
    }
    return found
        .and(leftovers(sights))
        .and(requests(sights, membership))
        .and(unreadable(sights, membership));
  }

  private Inspection checked(
      Peering peering,
      RegionSight sight,
      Membership membership,
      Supplier<Complete<RouteTable>> hubTables) {
    try {
      boolean wasAdmitted = peering.status().isAccepted() && peering.isClaimed();
      return wasAdmitted && !LostClaim.isLost(peering)
          ? admitted(peering, sight, membership)
          : undecided(peering, sight, membership, hubTables);
    } catch (Drifted damaged) {
      return Inspection.of(Finding.unknown(peering.id(), String.valueOf(damaged.getMessage())));
    }
  }

  private Inspection admitted(Peering peering, RegionSight sight, Membership membership) {
    VpcSight vpc = vpc(peering, sight);
    Optional<String> end = Withdrawal.reason(peering, hub.vpc(), membership, vpc, settings);
    if (end.isPresent()) {
      return over(peering, end.get());
    }
    return switch (vpc) {
      case VpcSight.Unknown(String why) -> Inspection.of(Finding.unknown(peering.id(), why));
      case VpcSight.Gone() -> over(peering, "the service VPC is deleted");
      case VpcSight.Seen(Vpc seen) ->
          RouteCheck.mended(
              peering,
              settings.hubVpc(),
              drift(peering, seen, (RegionSight.Seen) sight, membership));
    };
  }

  private List<Finding> drift(
      Peering peering, Vpc vpc, RegionSight.Seen sight, Membership membership) {
    List<Finding> findings = new ArrayList<>();
    if (!AccountPlan.isAdmitted(vpc, peering)) {
      changed(peering, vpc, membership).ifPresent(findings::add);
    }
    findings.addAll(serviceSide(peering, vpc, sight));
    return findings;
  }

  // What admission refuses now, connect would refuse every hour, and people would be told as often.
  private Optional<Finding> changed(Peering peering, Vpc vpc, Membership membership) {
    return switch (admission(peering, new VpcSight.Seen(vpc), membership)) {
      case Admission.Outcome.Admitted(Connection connection) ->
          Optional.of(Finding.drift(peering.id(), inPlaceOfTheClaim(peering, connection)));
      case Admission.Outcome.AdmittedInPart(var connection, var leftOut, Refusal why) ->
          Optional.of(
              Finding.drift(
                  peering.id(),
                  inPlaceOfTheClaim(peering, connection)
                      + " and leave "
                      + leftOut
                      + " out by rule "
                      + inWords(why)));
      case Admission.Outcome.Refused(Refusal refusal) ->
          Optional.of(
              Finding.leftAlone(
                  peering.id(),
                  "stays connected with "
                      + peering.claim()
                      + ": what "
                      + vpc.id()
                      + " has now is refused by rule "
                      + inWords(refusal)));
      // Who was let in is not asked about again, and why it would be over was asked before.
      case Admission.Outcome.WaitingForApproval waiting -> Optional.empty();
      case Admission.Outcome.Over over -> Optional.empty();
      case Admission.Outcome.NothingToDo nothing -> Optional.empty();
    };
  }

  private static String inPlaceOfTheClaim(Peering peering, Connection admitted) {
    VpcSide side = admitted.service();
    return "admit " + side.cidrs() + " of " + side.vpc() + " in place of " + peering.claim();
  }

  private static String inWords(Refusal refusal) {
    return refusal.rule() + ": " + refusal.reason();
  }

  private List<Finding> serviceSide(Peering peering, Vpc vpc, RegionSight.Seen sight) {
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
      findings.add(Finding.leftAlone(peering.id(), String.valueOf(taken.getMessage())));
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

  // A request, or a peering that somebody made by hand: what would admission say?
  private Inspection undecided(
      Peering peering,
      RegionSight sight,
      Membership membership,
      Supplier<Complete<RouteTable>> hubTables) {
    VpcSight vpc = vpc(peering, sight);
    if (vpc instanceof VpcSight.Unknown(String why)
        && Eligibility.objection(account, membership, settings).isEmpty()) {
      return Inspection.of(Finding.unknown(peering.id(), why));
    }
    if (vpc instanceof VpcSight.Gone && !peering.wasLetIn()) {
      return Inspection.of(
          Finding.leftAlone(
              peering.id(), service(peering).vpc() + " is not there (yet) in account " + account));
    }
    if (LostClaim.isLost(peering)
        && vpc instanceof VpcSight.Seen(Vpc seen)
        && sight instanceof RegionSight.Seen inside
        && (peering.wasLetIn() || hasOurGroup(seen.id(), inside))) {
      Complete<RouteTable> tables = hubTables.get();
      Peering found = LostClaim.found(peering, tables, seen.cidrs());
      if (peering.wasLetIn() || found.isClaimed()) {
        return lost(peering, found, seen, inside, membership, tables);
      }
    }
    return switch (admission(peering, vpc, membership)) {
      case Admission.Outcome.Admitted admitted when !peering.waitsForRoom().isEmpty() ->
          Inspection.of(
              Finding.leftAlone(
                  peering.id(),
                  "waits until the hub VPC has room for it, as was told; the scan of requests takes"
                      + " it up"));
      case Admission.Outcome.Admitted admitted when vpc instanceof VpcSight.Seen(Vpc seen) ->
          wouldBeAdmitted(peering, seen, (RegionSight.Seen) sight, hubTables);
      case Admission.Outcome.Admitted admitted -> Inspection.NOTHING;
      // Only what was admitted before can be admitted in part.
      case Admission.Outcome.AdmittedInPart inPart -> Inspection.NOTHING;
      case Admission.Outcome.Refused(Refusal refusal) -> wouldBeRefused(peering, refusal);
      case Admission.Outcome.WaitingForApproval() ->
          Inspection.of(
              Finding.leftAlone(
                  peering.id(), "waits for approval: tag it " + Tags.DECISION + "=approve"));
      case Admission.Outcome.Over(String reason) -> over(peering, reason);
      case Admission.Outcome.NothingToDo nothing -> Inspection.NOTHING;
    };
  }

  private boolean hasOurGroup(VpcId vpc, RegionSight.Seen sight) {
    return sight.groupsOf(vpc).items().stream()
        .anyMatch(group -> SecurityGroupPlan.isOurs(group, settings.hubVpc()));
  }

  // Not made by hand: it was let in, and somebody has taken our tags off.
  private Inspection lost(
      Peering peering,
      Peering found,
      Vpc vpc,
      RegionSight.Seen sight,
      Membership membership,
      Complete<RouteTable> hubTables) {
    return switch (admission(found, new VpcSight.Seen(vpc), membership)) {
      case Admission.Outcome.Admitted(Connection connection) ->
          untagged(peering, connection, vpc, sight, hubTables);
      case Admission.Outcome.AdmittedInPart(var connection, var leftOut, Refusal why) ->
          untagged(peering, connection, vpc, sight, hubTables);
      case Admission.Outcome.Refused(Refusal refusal) ->
          Inspection.of(
              Finding.leftAlone(
                  peering.id(),
                  "somebody has taken its tags off, and it is refused by rule "
                      + inWords(refusal)
                      + ": it stays as it is, without its tags"));
      case Admission.Outcome.WaitingForApproval() ->
          Inspection.of(
              Finding.leftAlone(
                  peering.id(),
                  "somebody has taken its tags off, and it waits for approval: tag it "
                      + Tags.DECISION
                      + "=approve "
                      + Cidr.text(vpc.cidrs())));
      case Admission.Outcome.Over(String reason) -> over(peering, reason);
      case Admission.Outcome.NothingToDo nothing -> Inspection.NOTHING;
    };
  }

  private Inspection untagged(
      Peering peering,
      Connection connection,
      Vpc vpc,
      RegionSight.Seen sight,
      Complete<RouteTable> hubTables) {
    List<Cidr> cidrs = connection.service().cidrs();
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.drift(
                peering.id(),
                "write its tags again with "
                    + cidrs
                    + " of "
                    + vpc.id()
                    + ", which somebody has taken off or written over")
            .losing(new Loss.OfClaim(settings.hubVpc(), peering.id())));
    findings.addAll(RouteCheck.of(hubTables, cidrs, peering));
    findings.addAll(serviceSide(peering, vpc, sight));
    return RouteCheck.mended(peering, settings.hubVpc(), findings);
  }

  private Admission.Outcome admission(Peering peering, VpcSight vpc, Membership membership) {
    return Admission.decide(
        AdmissionFacts.of(peering, hub.vpc(), membership, vpc, hub.live(), settings), settings);
  }

  private Inspection wouldBeAdmitted(
      Peering peering, Vpc vpc, RegionSight.Seen sight, Supplier<Complete<RouteTable>> hubTables) {
    VpcId hubVpc = settings.hubVpc();
    if (!isHandMade(peering)) {
      return RouteCheck.mended(
          peering,
          hubVpc,
          List.of(
              Finding.drift(
                  peering.id(),
                  "accept the request of " + vpc.id() + " with " + vpc.cidrs() + " and connect")));
    }
    Optional<Peering> earlier = overlappingHandMade(peering, vpc);
    if (earlier.isPresent()) {
      return Inspection.of(
          Finding.leftAlone(
              peering.id(),
              vpc.cidrs()
                  + " overlaps that of "
                  + earlier.get().id()
                  + ", which nobody has admitted either and which comes first"));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.drift(peering.id(), "adopt it with " + vpc.cidrs() + " of " + vpc.id()));
    // Nobody has taken away what was never ours.
    RouteCheck.of(hubTables.get(), vpc.cidrs(), peering)
        .forEach(finding -> findings.add(finding.bare()));
    serviceSide(peering, vpc, sight).forEach(finding -> findings.add(finding.bare()));
    return RouteCheck.mended(peering, hubVpc, findings);
  }

  // A pending request is rejected by connect; what somebody has accepted stays as it is.
  private Inspection wouldBeRefused(Peering peering, Refusal refusal) {
    String why = inWords(refusal);
    return peering.status().isPending()
        ? RouteCheck.mended(
            peering,
            settings.hubVpc(),
            List.of(Finding.drift(peering.id(), "reject the request by rule " + why)))
        : Inspection.of(
            Finding.leftAlone(peering.id(), "made by hand, and refused by rule " + why));
  }

  // Of two that were made by hand and would both be admitted, connect would refuse both if they
  // ran side by side. The CIDRs of an active peering stand in the peering itself.
  private Optional<Peering> overlappingHandMade(Peering own, Vpc vpc) {
    return hub.peerings().stream()
        .filter(other -> isHandMade(other) && other.id().compareTo(own.id()) < 0)
        .filter(
            other ->
                service(other).cidrs().stream()
                    .anyMatch(cidr -> vpc.cidrs().stream().anyMatch(cidr::overlaps)))
        .findFirst();
  }

  private Inspection over(Peering peering, String reason) {
    return Inspection.of(
        Finding.drift(peering.id(), "disconnect, because " + reason),
        Repair.disconnect(peering, settings.hubVpc(), reason));
  }

  // ---- what was left ---------------------------------------------------------------------------

  // Of the account's own VPCs: another's are shared with it, and are looked at there.
  private Inspection leftovers(List<RegionSight> sights) {
    Inspection found = Inspection.NOTHING;
    for (RegionSight sight : sights) {
      if (sight instanceof RegionSight.Seen seen) {
        for (VpcId vpc : ownVpcs(seen)) {
          found = found.and(Leftovers.of(seen, account, vpc, hub));
        }
      }
    }
    return found;
  }

  private Set<VpcId> ownVpcs(RegionSight.Seen seen) {
    Set<VpcId> own = new TreeSet<>();
    RegionSight.vpcs(List.of(seen)).stream()
        .map(RegionalVpc::vpc)
        .filter(vpc -> vpc.owner().equals(account))
        .forEach(vpc -> own.add(vpc.id()));
    peeringsIn(seen.region()).forEach(peering -> own.add(service(peering).vpc()));
    return own;
  }

  // ---- VPCs that ask for a connection ----------------------------------------------------------

  private Inspection requests(List<RegionSight> sights, Membership membership) {
    if (order.only() != null) {
      return Inspection.NOTHING;
    }
    List<RegionalVpc> vpcs = RegionSight.vpcs(sights);
    Inspection found = Inspection.NOTHING;
    for (AccountAction action :
        new AccountPlan(settings, account, membership, hub.vpc(), hub.live()).forTagged(vpcs)) {
      found = found.and(request(action, vpcs));
    }
    return found;
  }

  private Inspection request(AccountAction action, List<RegionalVpc> vpcs) {
    return switch (action) {
      case AccountAction.Request(Region region, VpcId vpc) ->
          vpcs.stream()
              .filter(wanted -> wanted.vpc().id().equals(vpc))
              .map(
                  wanted ->
                      Inspection.of(
                          Finding.drift(
                              vpc, "connect it, account " + account + " in " + region + " asks"),
                          Repair.request(account, wanted, "tag " + Tags.CONNECT + "=true")))
              .findFirst()
              .orElse(Inspection.NOTHING);
      case AccountAction.Refuse(VpcId vpc, String reason) ->
          Inspection.of(Finding.leftAlone(vpc, reason));
      case AccountAction.LeaveRegion leave -> Inspection.NOTHING;
      case AccountAction.Connect connect -> Inspection.NOTHING;
      case AccountAction.Restore restore -> Inspection.NOTHING;
      case AccountAction.Disconnect disconnect -> Inspection.NOTHING;
    };
  }

  // Where there is no connection that could be unknown, the Region itself is told of; an account
  // that may not connect has no role, and need not have one.
  private Inspection unreadable(List<RegionSight> sights, Membership membership) {
    List<RegionSight.Unknown> unread =
        sights.stream()
            .filter(RegionSight.Unknown.class::isInstance)
            .map(RegionSight.Unknown.class::cast)
            .filter(sight -> peeringsIn(sight.region()).isEmpty())
            .toList();
    if (unread.isEmpty() || Eligibility.objection(account, membership, settings).isPresent()) {
      return Inspection.NOTHING;
    }
    if (peerings.isEmpty()) {
      return Inspection.unread(List.of(account), inShort(unread, sights.size()));
    }
    return new Inspection(
        unread.stream()
            .map(
                sight ->
                    Finding.leftAlone(
                        "account " + account + " in " + sight.region(),
                        "cannot be read: " + sight.why()))
            .toList(),
        List.of());
  }

  // The same words for every account with the same failure, so that they can be counted.
  private static String inShort(List<RegionSight.Unknown> unread, int regions) {
    String errors =
        unread.stream()
            .map(RegionSight.Unknown::error)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    if (unread.size() == regions) {
      return errors;
    }
    return unread.size() == 1
        ? errors + " in " + unread.getFirst().region()
        : errors + " in " + unread.size() + " Regions";
  }

  // ---- Words -----------------------------------------------------------------------------------

  private VpcSight vpc(Peering peering, RegionSight sight) {
    return switch (sight) {
      case RegionSight.Unknown(var region, var error, var why) -> new VpcSight.Unknown(why);
      case RegionSight.Seen seen when seen.vpcs().isEmpty() && peering.isByTag() ->
          stillTagged(seen.vpc(service(peering)));
      case RegionSight.Seen seen -> seen.vpc(service(peering));
    };
  }

  // Where nobody has looked for its tags, the one that it was let in by counts as being there.
  private static VpcSight stillTagged(VpcSight sight) {
    return sight instanceof VpcSight.Seen(Vpc vpc)
        ? new VpcSight.Seen(
            new Vpc(vpc.id(), vpc.owner(), vpc.cidrs(), Map.of(Tags.CONNECT, "true")))
        : sight;
  }

  private static RegionSight sight(List<RegionSight> sights, Region region) {
    return sights.stream()
        .filter(sight -> sight.region().equals(region))
        .findFirst()
        .orElseGet(() -> new RegionSight.Unknown(region, "NotRead", region + " was not read"));
  }

  private List<Peering> peeringsIn(Region region) {
    return peerings.stream().filter(peering -> service(peering).region().equals(region)).toList();
  }

  private static boolean isHandMade(Peering peering) {
    return peering.wasMadeByHand();
  }

  private VpcSide service(Peering peering) {
    return Parties.service(peering, settings.hubVpc());
  }
}
