package io.peerway.functions;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.peerway.aws.AwsClients;
import io.peerway.model.AccountId;
import io.peerway.model.AllConnections;
import io.peerway.model.PastRuns;
import io.peerway.model.Peering;
import io.peerway.model.Subject;
import io.peerway.plan.DriftReport;
import io.peerway.plan.Finding;
import io.peerway.plan.History;
import io.peerway.plan.History.Run;
import io.peerway.plan.HubSight;
import io.peerway.plan.Inspection;
import io.peerway.plan.Notice;
import io.peerway.plan.Obstructed;
import io.peerway.plan.PastReport;
import io.peerway.plan.ReconcileOrder;
import io.peerway.plan.Settings;
import io.peerway.plan.Since;
import java.time.Instant;
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
      Inspection found,
      List<CheckAccountHandler.Answer> accounts,
      NatQuestion nat,
      @Nullable String execution)
      implements Step.Input {
    Request {
      Objects.requireNonNull(order, "order");
      Objects.requireNonNull(hub, "hub");
      Objects.requireNonNull(found, "found");
      Objects.requireNonNull(accounts, "accounts");
      Objects.requireNonNull(nat, "nat");
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
   */
  record Answer(DriftReport report, String nat, @Nullable Notice notice) {}

  private final Settings settings;
  private final PastRuns past;

  public ReportHandler() {
    this(Settings.of(System.getenv()), new AwsClients(System.getenv()).pastRuns());
  }

  ReportHandler(Settings settings, PastRuns past) {
    super(Request.class);
    this.settings = settings;
    this.past = past;
  }

  @Override
  Answer run(Request request) {
    Inspection found = new Inspection(request.nat().findings(), List.of()).and(request.found());
    if (Boolean.TRUE.equals(request.nat().isClear())) {
      found =
          found.and(
              Obstructed.cleared(request.hub().peerings(), settings.hubVpc(), request.order()));
    }
    for (CheckAccountHandler.Answer account : request.accounts()) {
      found = found.and(of(account, request));
    }
    boolean drift = found.findings().stream().anyMatch(f -> f.sort() != Finding.Sort.LEFT_ALONE);
    History history = drift ? history() : History.NONE;
    Since since =
        new Since(history.earlier(request.order()), Instant.ofEpochMilli(request.readAt()));
    DriftReport report =
        DriftReport.of(request.order(), connections(request), found, since, history);
    return new Answer(report, report.natHasDrifted() ? "APPLY" : "FINE", report.notice(since));
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
          answer.unread());
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
