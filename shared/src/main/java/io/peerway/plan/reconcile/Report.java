package io.peerway.plan.reconcile;

import io.peerway.model.Parties;
import io.peerway.model.Start;
import io.peerway.model.Todo;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.freeze.Beginning;
import io.peerway.model.network.Peering;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Place;
import io.peerway.plan.Aws;
import io.peerway.plan.findings.Checked;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.findings.Round;
import io.peerway.plan.freeze.Freeze;
import io.peerway.plan.freeze.Gate;
import io.peerway.plan.nat.VpnCount;
import io.peerway.plan.report.DriftReport;
import io.peerway.plan.report.History;
import io.peerway.plan.report.Looked;
import io.peerway.plan.report.PastReport;
import io.peerway.plan.report.Seen;
import io.peerway.plan.report.Settled;
import io.peerway.plan.report.Since;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what was found in the hub account, in the service accounts and on the VPN.
 *
 * @param read what the hub account showed
 * @param accounts what was found in each group of accounts
 * @param redrives how often people have redriven the execution
 * @param past reads what an earlier execution has answered; empty where it is no report
 */
public record Report(
    Aws aws,
    ReconcileStart read,
    List<CheckAnswer> accounts,
    @Nullable Integer redrives,
    Function<String, Optional<PastReport>> past) {
  // How far back a run is looked for that can be compared with this one: each costs a call.
  private static final int RUNS = 4;

  /** What the workflow goes on with. */
  public ReportAnswer answer() {
    ReconcileOrder order = read.order();
    Checked checked =
        Checked.of(
            withVpn(), accounts.stream().map(answer -> answer.found(this::notChecked)).toList());
    Inspection found = checked.all();
    for (AccountId account : checked.refused().stream().flatMap(List::stream).toList()) {
      found = found.and(notChecked(account, RefusedByAws.class.getName()));
    }
    Freeze freeze = freeze();
    if (freeze.unreadable() != null) {
      found = found.and(Inspection.of(Finding.unknown(new Place.Freezes(), freeze.unreadable())));
    }
    History history = needsHistory(order, found) ? history() : History.NONE;
    Since since = new Since(history.earlier(order), Instant.ofEpochMilli(read.readAt()));
    Settled settled = Settled.of(order, found, history);
    ReconcileOrder carriedOut = freeze.holds() ? order.planned() : order;
    DriftReport report =
        DriftReport.of(carriedOut, connections(), settled, since)
            .with(seen(settled, history))
            .in(freeze);
    List<Todo> todo =
        order.mode() == ReconcileOrder.Mode.REPAIR
            ? Todo.ofAll(now(settled.repairs(), freeze), read.round().repaired())
            : List.of();
    // The first round has sent it.
    boolean setsVpn =
        report.natHasDrifted() && !read.round().again() && (!freeze.holds() || onlyLacks());
    return checked.refused().isEmpty()
        ? ReportAnswer.whole(
            report,
            todo,
            setsVpn,
            freeze.freezes(),
            report.notice(since, at -> whose(at, settled.repairs()), told(freeze)))
        : ReportAnswer.soFar(
            DriftReport.none(carriedOut).in(freeze),
            todo,
            setsVpn,
            freeze.freezes(),
            secondRound(checked, freeze));
  }

  // A run that changes nothing asks nobody.
  private Freeze freeze() {
    if (read.order().mode() != ReconcileOrder.Mode.REPAIR) {
      return Freeze.NONE;
    }
    Beginning beginning = Beginning.of(read.order().freezes(), null, redrives);
    return new Gate(aws, beginning, new AllConnections(), read.round().freeze()).freeze();
  }

  // In a freeze only what waits for none.
  private static List<Start> now(List<Start> repairs, Freeze freeze) {
    return repairs.stream()
        .filter(
            repair -> !freeze.holds() || (repair instanceof Start.Disconnect end && end.urgent()))
        .toList();
  }

  // Of these people were told that they wait.
  private Set<PeeringId> told(Freeze freeze) {
    return freeze.holds()
        ? read.hub().peerings().stream()
            .filter(Peering::waitsInAFreeze)
            .map(Peering::id)
            .collect(Collectors.toSet())
        : Set.of();
  }

  // A VPN instance that lacks what was admitted before the freeze is given it: what is in force
  // stays in force, also where people have replaced the instance.
  private boolean onlyLacks() {
    return Boolean.TRUE.equals(read.nat().onlyLacks());
  }

  // Most runs find nothing, and ask nobody. A run for one connection hands on what is known of the
  // others; and only against an earlier count can be said what a VPN instance has lost since.
  private boolean needsHistory(ReconcileOrder order, Inspection found) {
    return order.only() != null
        || found.findings().stream()
            .anyMatch(f -> !f.sort().isLeftAlone() || f.sort() == Finding.Sort.OBSTACLE)
        || VpnCount.anyHasLost(read.nat().counts());
  }

  private Seen seen(Settled settled, History history) {
    Optional<PastReport> before = history.latest();
    return new Seen(
        Instant.ofEpochMilli(read.readAt()).toString(),
        read.hub().cidrs(),
        Objects.requireNonNullElse(read.hub().fullestTable(), 0),
        VpnCount.since(read.nat().counts(), before.map(PastReport::seen).map(Seen::vpn)),
        read.hub().vpc().refused(),
        settled.standings(),
        read.order().only() == null ? null : before.map(Looked::of).orElse(null));
  }

  // What was found of the VPN instances goes first.
  private List<Inspection> withVpn() {
    List<Inspection> found = new ArrayList<>(read.found());
    Inspection first = new Inspection(read.nat().findings(), List.of()).and(found.getFirst());
    if (Boolean.TRUE.equals(read.nat().isClear())) {
      first =
          first.and(
              Obstructed.cleared(read.hub().peerings(), aws.settings().hubVpc(), read.order()));
    }
    found.set(0, first);
    return found;
  }

  private Optional<AccountId> whose(Place at, List<Start> repairs) {
    return read.hub().peerings().stream()
        .filter(peering -> peering.id().equals(at))
        .map(peering -> Parties.service(peering, aws.settings().hubVpc()).account())
        .findFirst()
        .or(
            () ->
                repairs.stream()
                    .filter(repair -> repair.at().equals(at))
                    .map(Start::account)
                    .findFirst());
  }

  private ReconcileStart secondRound(Checked checked, Freeze freeze) {
    return new ReconcileStart(
        read.order(),
        read.readAt(),
        checked.refused(),
        read.hub(),
        checked.found(),
        read.nat().forSecondRound(),
        Round.second(freeze));
  }

  private int connections() {
    return (int)
        read.hub().peerings().stream()
            .filter(peering -> read.order().includes(peering.id()))
            .count();
  }

  private Inspection notChecked(AccountId account, String error) {
    List<Peering> peerings = read.hub().of(account, aws.settings().hubVpc(), read.order());
    return peerings.isEmpty()
        ? Inspection.unread(List.of(account), error.substring(error.lastIndexOf('.') + 1))
        : new Inspection(
            peerings.stream()
                .map(
                    peering ->
                        Finding.unknown(peering.id(), "its account could not be checked: " + error))
                .toList(),
            List.of());
  }

  private History history() {
    return new History(
        aws.past().latest(RUNS).stream()
            .flatMap(
                run ->
                    past.apply(run.output()).stream()
                        .map(report -> new History.Run(run.startedAt(), report)))
            .toList());
  }
}
