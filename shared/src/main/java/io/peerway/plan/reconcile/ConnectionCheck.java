package io.peerway.plan.reconcile;

import io.peerway.model.Connection;
import io.peerway.model.Membership;
import io.peerway.model.Parties;
import io.peerway.model.Start;
import io.peerway.model.error.Drifted;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.network.VpcSight;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.account.AccountPlan;
import io.peerway.plan.admission.Admission;
import io.peerway.plan.admission.Withdrawal;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.Loss;
import io.peerway.plan.network.SecurityGroupPlan;
import io.peerway.plan.rules.AdmissionFacts;
import io.peerway.plan.rules.Eligibility;
import io.peerway.plan.rules.LostClaim;
import io.peerway.plan.rules.Refusal;
import io.peerway.plan.sight.AccountSight;
import io.peerway.plan.sight.HubSight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Compares one peering connection of a service account with what should be: one that was admitted
 * with what it was admitted with, every other with what admission would say.
 *
 * @param hubTables asked for only where something that nobody has admitted would be
 */
record ConnectionCheck(
    Settings settings,
    AccountId account,
    HubSight hub,
    Membership membership,
    Supplier<Complete<RouteTable>> hubTables) {

  /** What is to be said of one peering connection. */
  Inspection of(Peering peering, AccountSight sight) {
    try {
      boolean wasAdmitted = peering.status().isAccepted() && peering.isClaimed();
      Optional<AccountSight.Seen> inside = sight.in(service(peering).region());
      VpcSight vpc = vpc(peering, sight, inside);
      return wasAdmitted && !LostClaim.isLost(peering)
          ? admitted(peering, vpc, inside)
          : undecided(peering, vpc, inside);
    } catch (Drifted damaged) {
      return Inspection.of(Finding.unknown(peering.id(), damaged.beside(peering.id())));
    }
  }

  private Inspection admitted(Peering peering, VpcSight vpc, Optional<AccountSight.Seen> inside) {
    Optional<String> end = Withdrawal.reason(peering, hub.vpc(), membership, vpc, settings);
    if (end.isPresent()) {
      return over(peering, end.get());
    }
    return switch (vpc) {
      case VpcSight.Unknown(String why) -> Inspection.of(Finding.unknown(peering.id(), why));
      case VpcSight.Gone() -> over(peering, "the service VPC is deleted");
      case VpcSight.Seen(Vpc seen) ->
          RouteCheck.mended(peering, settings.hubVpc(), drift(peering, seen, inside.orElseThrow()));
    };
  }

  private List<Finding> drift(Peering peering, Vpc vpc, AccountSight.Seen sight) {
    List<Finding> findings = new ArrayList<>();
    if (!AccountPlan.isAdmitted(vpc, peering)) {
      ChangedCidrs.finding(peering, vpc, admission(peering, new VpcSight.Seen(vpc)))
          .ifPresent(findings::add);
    }
    findings.addAll(ServiceSide.of(peering, vpc, sight, hub, settings));
    return findings;
  }

  static String inWords(Refusal refusal) {
    return refusal.rule() + ": " + refusal.reason();
  }

  // A request, or a peering that somebody made by hand: what would admission say?
  private Inspection undecided(Peering peering, VpcSight vpc, Optional<AccountSight.Seen> inside) {
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
        && (peering.wasLetIn() || hasOurGroup(seen.id(), inside.orElseThrow()))) {
      Complete<RouteTable> tables = hubTables.get();
      Peering found = LostClaim.found(peering, tables, seen.cidrs());
      if (peering.wasLetIn() || found.isClaimed()) {
        return lost(peering, found, seen, inside.orElseThrow(), tables);
      }
    }
    return switch (admission(peering, vpc)) {
      case Admission.Outcome.Admitted admitted when !peering.waitsForRoom().isEmpty() ->
          Inspection.of(
              Finding.waitsForRoom(
                  peering.id(),
                  "waits until the hub VPC has room for it, as was told; the scan of requests takes"
                      + " it up"));
      case Admission.Outcome.Admitted admitted when vpc instanceof VpcSight.Seen(Vpc seen) ->
          wouldBeAdmitted(peering, seen, inside.orElseThrow());
      case Admission.Outcome.Admitted admitted -> Inspection.NOTHING;
      // Only what was admitted before can be admitted in part.
      case Admission.Outcome.AdmittedInPart inPart -> Inspection.NOTHING;
      case Admission.Outcome.Refused(Refusal refusal) -> wouldBeRefused(peering, refusal);
      case Admission.Outcome.WaitingForApproval() ->
          Inspection.of(
              Finding.waitsForApproval(
                  peering.id(), "waits for approval: tag it " + Tags.DECISION + "=approve"));
      case Admission.Outcome.Over(String reason) -> over(peering, reason);
      case Admission.Outcome.NothingToDo nothing -> Inspection.NOTHING;
    };
  }

  private boolean hasOurGroup(VpcId vpc, AccountSight.Seen sight) {
    return sight.groupsOf(vpc).items().stream()
        .anyMatch(group -> SecurityGroupPlan.isOurs(group, settings.hubVpc()));
  }

  // Not made by hand: it was let in, and somebody has taken our tags off.
  private Inspection lost(
      Peering peering,
      Peering found,
      Vpc vpc,
      AccountSight.Seen sight,
      Complete<RouteTable> tables) {
    return switch (admission(found, new VpcSight.Seen(vpc))) {
      case Admission.Outcome.Admitted(Connection connection) ->
          untagged(peering, connection, vpc, sight, tables);
      case Admission.Outcome.AdmittedInPart(var connection, var leftOut, Refusal why) ->
          untagged(peering, connection, vpc, sight, tables);
      case Admission.Outcome.Refused(Refusal refusal) ->
          Inspection.of(
              Finding.refused(
                  peering.id(),
                  "somebody has taken its tags off, and it is refused by rule "
                      + inWords(refusal)
                      + ": it stays as it is, without its tags"));
      case Admission.Outcome.WaitingForApproval() ->
          Inspection.of(
              Finding.waitsForApproval(
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
      AccountSight.Seen sight,
      Complete<RouteTable> tables) {
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
    findings.addAll(RouteCheck.of(tables, cidrs, peering));
    findings.addAll(ServiceSide.of(peering, vpc, sight, hub, settings));
    return RouteCheck.mended(peering, settings.hubVpc(), findings);
  }

  private Admission.Outcome admission(Peering peering, VpcSight vpc) {
    return Admission.decide(
        AdmissionFacts.of(peering, hub.vpc(), membership, vpc, hub.live(), settings), settings);
  }

  private Inspection wouldBeAdmitted(Peering peering, Vpc vpc, AccountSight.Seen sight) {
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
    ServiceSide.of(peering, vpc, sight, hub, settings)
        .forEach(finding -> findings.add(finding.bare()));
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
        : Inspection.of(Finding.refused(peering.id(), "made by hand, and refused by rule " + why));
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
        Start.disconnect(peering, settings.hubVpc(), reason));
  }

  private VpcSight vpc(Peering peering, AccountSight sight, Optional<AccountSight.Seen> inside) {
    VpcSight vpc = sight.vpc(service(peering));
    return peering.isByTag() && inside.filter(seen -> seen.vpcs().isEmpty()).isPresent()
        ? stillTagged(vpc)
        : vpc;
  }

  // Where nobody has looked for its tags, the one that it was let in by counts as being there.
  private static VpcSight stillTagged(VpcSight sight) {
    return sight instanceof VpcSight.Seen(Vpc vpc)
        ? new VpcSight.Seen(
            new Vpc(vpc.id(), vpc.owner(), vpc.cidrs(), Map.of(Tags.CONNECT, "true")))
        : sight;
  }

  private static boolean isHandMade(Peering peering) {
    return peering.wasMadeByHand();
  }

  private VpcSide service(Peering peering) {
    return Parties.service(peering, settings.hubVpc());
  }
}
