package io.peerway.functions.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.peerway.aws.AwsClients;
import io.peerway.functions.Json;
import io.peerway.functions.Step;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.network.Peering;
import io.peerway.model.port.PastRuns;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.Subject;
import io.peerway.plan.Settings;
import io.peerway.plan.findings.Checked;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.findings.Round;
import io.peerway.plan.findings.Todo;
import io.peerway.plan.notices.Notice;
import io.peerway.plan.reconcile.HubSight;
import io.peerway.plan.reconcile.Obstructed;
import io.peerway.plan.report.DriftReport;
import io.peerway.plan.report.History;
import io.peerway.plan.report.History.Run;
import io.peerway.plan.report.PastReport;
import io.peerway.plan.report.Since;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts together what was found in the hub account, in the service accounts and on the VPN. */
public final class ReportHandler extends Step<ReportHandler.Request, ReportHandler.Answer> {
  // How far back a run is looked for that can be compared with this one: each costs a call.
  private static final int RUNS = 4;

  record Request(
      ReconcileOrder order,
      long readAt,
      HubSight hub,
      List<Inspection> found,
      List<CheckAccountHandler.Answer> accounts,
      NatQuestion nat,
      Round round,
      @Nullable String execution)
      implements Step.Input {
    Request {
      Objects.requireNonNull(order, "order");
      Objects.requireNonNull(hub, "hub");
      Objects.requireNonNull(found, "found");
      Objects.requireNonNull(accounts, "accounts");
      Objects.requireNonNull(nat, "nat");
      Objects.requireNonNull(round, "round");
    }

    @Override
    public Subject subject() {
      return new AllConnections();
    }
  }

  /**
   * What the workflow goes on with.
   *
   * @param nat {@code APPLY} where the VPN instances have to be sent their set
   * @param todo what is done now
   * @param attempt {@code FIRST}: what cannot be begun is tried again when all others are done
   * @param next where accounts have to be checked again: from what. The report comes after that
   */
  record Answer(
      DriftReport report,
      String nat,
      List<Todo> todo,
      String attempt,
      @Nullable Notice notice,
      @Nullable ReconcileStart next) {
    private static final String FIRST = "FIRST";

    static Answer whole(
        DriftReport report, List<Todo> todo, boolean setsVpn, @Nullable Notice notice) {
      return new Answer(report, nat(setsVpn), todo, FIRST, notice, null);
    }

    static Answer soFar(DriftReport report, List<Todo> todo, boolean setsVpn, ReconcileStart next) {
      return new Answer(report, nat(setsVpn), todo, FIRST, null, next);
    }

    private static String nat(boolean setsVpn) {
      return setsVpn ? "APPLY" : "FINE";
    }
  }

  private final Settings settings;
  private final PastRuns past;

  public ReportHandler() {
    this(Settings.of(System.getenv()), new AwsClients(System.getenv()).pastRuns());
  }

  public ReportHandler(Settings settings, PastRuns past) {
    super(Request.class);
    this.settings = settings;
    this.past = past;
  }

  @Override
  protected Answer run(Request request) {
    Checked checked =
        Checked.of(
            withVpn(request),
            request.accounts().stream().map(answer -> of(answer, request)).toList());
    Inspection found = checked.all();
    for (AccountId account : checked.refused().stream().flatMap(List::stream).toList()) {
      found = found.and(notChecked(account, RefusedByAws.class.getName(), request));
    }
    boolean drift = found.findings().stream().anyMatch(f -> f.sort() != Finding.Sort.LEFT_ALONE);
    History history = drift ? history() : History.NONE;
    Since since =
        new Since(history.earlier(request.order()), Instant.ofEpochMilli(request.readAt()));
    DriftReport report =
        DriftReport.of(request.order(), connections(request), found, since, history);
    List<Todo> todo =
        request.order().mode() == ReconcileOrder.Mode.REPAIR
            ? Todo.of(report.todo(), request.round().repaired())
            : List.of();
    // The first round has sent it.
    boolean setsVpn = report.natHasDrifted() && !request.round().again();
    return checked.refused().isEmpty()
        ? Answer.whole(report, todo, setsVpn, report.notice(since))
        : Answer.soFar(
            DriftReport.none(request.order()), todo, setsVpn, secondRound(request, checked));
  }

  // What was found of the VPN instances goes first.
  private List<Inspection> withVpn(Request request) {
    List<Inspection> found = new ArrayList<>(request.found());
    Inspection first = new Inspection(request.nat().findings(), List.of()).and(found.getFirst());
    if (Boolean.TRUE.equals(request.nat().isClear())) {
      first =
          first.and(
              Obstructed.cleared(request.hub().peerings(), settings.hubVpc(), request.order()));
    }
    found.set(0, first);
    return found;
  }

  private static ReconcileStart secondRound(Request request, Checked checked) {
    return new ReconcileStart(
        request.order(),
        request.readAt(),
        checked.refused(),
        request.hub(),
        checked.found(),
        NatQuestion.done(List.of()),
        Round.SECOND);
  }

  private static int connections(Request request) {
    return (int)
        request.hub().peerings().stream()
            .filter(peering -> request.order().includes(peering.id()))
            .count();
  }

  private Inspection of(CheckAccountHandler.Answer answer, Request request) {
    if (answer.error() == null) {
      return new Inspection(
          Objects.requireNonNullElse(answer.findings(), List.of()),
          Objects.requireNonNullElse(answer.repairs(), List.of()),
          answer.unread(),
          answer.refused());
    }
    Inspection unknown = Inspection.NOTHING;
    for (AccountId account : Objects.requireNonNull(answer.accounts(), "accounts")) {
      unknown = unknown.and(notChecked(account, answer.error(), request));
    }
    return unknown;
  }

  private Inspection notChecked(AccountId account, String error, Request request) {
    List<Peering> peerings = request.hub().of(account, settings.hubVpc(), request.order());
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
        past.latest(RUNS).stream()
            .flatMap(run -> read(run.output()).map(r -> new Run(run.startedAt(), r)).stream())
            .toList());
  }

  // Whatever stands there: a run that ended early answers something else.
  private static Optional<PastReport> read(String output) {
    try {
      return Optional.ofNullable(Json.mapper().readValue(output, PastReport.class))
          .filter(past -> past.mode() != null && past.extent() != null);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
