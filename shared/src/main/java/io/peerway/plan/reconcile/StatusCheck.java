package io.peerway.plan.reconcile;

import io.peerway.model.Membership;
import io.peerway.model.Parties;
import io.peerway.model.error.Drifted;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RegionalVpc;
import io.peerway.model.network.VpcSight;
import io.peerway.model.port.Network;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Place;
import io.peerway.model.value.Region;
import io.peerway.plan.Settings;
import io.peerway.plan.account.AccountNeeds;
import io.peerway.plan.account.AccountPlan;
import io.peerway.plan.account.StatusChange;
import io.peerway.plan.account.TaggedStatus;
import io.peerway.plan.admission.Admission;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.notices.Status;
import io.peerway.plan.rules.AdmissionFacts;
import io.peerway.plan.sight.AccountSight;
import io.peerway.plan.sight.HubSight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Whether the tags for their teams still say what is so, where the VPCs were listed. It is no drift
 * of a connection: a repair writes them at once and without a word, and only what it cannot write
 * is listed.
 *
 * @param found what there is to be said of the account otherwise
 */
record StatusCheck(
    Settings settings,
    AccountId account,
    Membership membership,
    HubSight hub,
    ReconcileOrder order,
    Inspection found) {

  /** The findings, once everything that may be written is. */
  Inspection settled(
      AccountSight sight, Instant now, Function<Region, Network> inside, Consumer<String> log) {
    List<Finding> findings = new ArrayList<>();
    for (StatusChange change : StatusChange.due(changes(sight, now))) {
      Place at = new Place.StatusOf(change.at().vpc().id());
      if (order.mode() == ReconcileOrder.Mode.PLAN) {
        findings.add(Finding.drift(at, change));
      } else {
        change
            .made(inside, log)
            .ifPresent(
                why ->
                    findings.add(
                        Finding.leftAlone(
                            at, "cannot be written, and may say what is over: " + why)));
      }
    }
    return new Inspection(findings, List.of());
  }

  private List<StatusChange> changes(AccountSight sight, Instant now) {
    List<RegionalVpc> own =
        sight.vpcs().stream().filter(seen -> seen.vpc().owner().equals(account)).toList();
    AccountNeeds needs =
        new AccountPlan(settings, account, membership, hub.vpc(), hub.live())
            .forTagged(sight.vpcs());
    return own.stream()
        .flatMap(
            seen ->
                Parties.between(seen.vpc().id(), settings.hubVpc(), hub.live())
                    .map(peering -> ofPeering(seen, peering, now))
                    .orElseGet(
                        () ->
                            order.only() == null ? TaggedStatus.of(seen, needs) : Optional.empty())
                    .stream())
        .toList();
  }

  private Optional<StatusChange> ofPeering(RegionalVpc seen, Peering peering, Instant now) {
    return order.includes(peering.id())
        ? status(seen, peering, now).map(status -> new StatusChange(seen, Optional.of(status)))
        : Optional.empty();
  }

  // Of what is about to change, or unknown, whoever changes it tells.
  private Optional<Status> status(RegionalVpc seen, Peering peering, Instant now) {
    if (found.findings().stream()
        .anyMatch(finding -> finding.at().equals(peering.id()) && isOpen(finding.sort()))) {
      return peering.status().isPending() ? waiting(seen, peering) : Optional.empty();
    }
    return peering.status().isAccepted() && peering.isClaimed()
        ? Optional.of(connected(peering, now))
        : Optional.empty();
  }

  private static boolean isOpen(Finding.Sort sort) {
    return sort == Finding.Sort.DRIFT || sort.holdsUpRepairs();
  }

  private static Status connected(Peering peering, Instant now) {
    return peering.isObstructed()
        ? Status.obstructed(now, peering.id())
        : Status.connected(now, peering.id(), peering.claim());
  }

  private Optional<Status> waiting(RegionalVpc seen, Peering peering) {
    if (!peering.waitsForRoom().isEmpty()) {
      return Optional.of(Status.waiting(Status.WaitsFor.ROOM));
    }
    try {
      AdmissionFacts facts =
          AdmissionFacts.of(
              peering, hub.vpc(), membership, new VpcSight.Seen(seen.vpc()), hub.live(), settings);
      return switch (Admission.decide(facts, settings)) {
        case Admission.Outcome.WaitingForApproval() ->
            Optional.of(Status.waiting(Status.WaitsFor.APPROVAL));
        case Admission.Outcome.Admitted ignored when peering.waitsInAFreeze() ->
            Optional.of(Status.waiting(Status.WaitsFor.FREEZE));
        default -> Optional.empty();
      };
    } catch (Drifted damaged) {
      return Optional.empty();
    }
  }
}
