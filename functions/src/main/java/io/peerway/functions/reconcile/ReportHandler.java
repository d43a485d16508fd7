package io.peerway.functions.reconcile;

import static io.peerway.aws.AwsPorts.Need.PAST_RUNS;
import static io.peerway.aws.AwsPorts.Need.SETTINGS;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.peerway.functions.Count;
import io.peerway.functions.Json;
import io.peerway.functions.OnLambda;
import io.peerway.functions.Step;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.Subject;
import io.peerway.plan.Aws;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.findings.Round;
import io.peerway.plan.nat.VpnAnswers;
import io.peerway.plan.reconcile.CheckAnswer;
import io.peerway.plan.reconcile.ReconcileStart;
import io.peerway.plan.reconcile.Report;
import io.peerway.plan.reconcile.ReportAnswer;
import io.peerway.plan.report.PastReport;
import io.peerway.plan.seen.Measures;
import io.peerway.plan.sight.HubSight;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** Lets {@link Report} put together what was found. */
public final class ReportHandler extends Step<ReportHandler.Request, ReportAnswer> {

  /** As {@link ReconcileStart} says, but for the accounts: what was found in each group of them. */
  record Request(
      ReconcileOrder order,
      long readAt,
      HubSight hub,
      List<Inspection> found,
      List<CheckAnswer> accounts,
      VpnAnswers nat,
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

    ReconcileStart read() {
      return new ReconcileStart(order, readAt, List.of(), hub, found, nat, round);
    }
  }

  public ReportHandler() {
    this(OnLambda.aws(SETTINGS, PAST_RUNS));
  }

  public ReportHandler(Aws aws) {
    super(Request.class, aws);
  }

  @Override
  protected ReportAnswer run(Request request) {
    ReportAnswer answer =
        new Report(aws, request.read(), request.accounts(), ReportHandler::past).answer();
    if (answer.next() == null && request.order().only() == null) {
      measure(request, answer);
    }
    return answer;
  }

  // A run for one connection says nothing of how many there are.
  private void measure(Request request, ReportAnswer answer) {
    for (Measures.Measure measure :
        Measures.of(request.hub().live(), answer.report().past(), aws.settings(), aws.now())) {
      MetricUnit unit =
          switch (measure.unit()) {
            case COUNT -> MetricUnit.COUNT;
            case PERCENT -> MetricUnit.PERCENT;
          };
      if (measure.dimension() == null || measure.of() == null) {
        Count.value(measure.metric(), unit, measure.value());
      } else {
        Count.value(measure.metric(), unit, measure.value(), measure.dimension(), measure.of());
      }
    }
  }

  // Whatever stands there: a run that ended early answers something else.
  private static Optional<PastReport> past(String output) {
    try {
      return Optional.ofNullable(Json.mapper().readValue(output, PastReport.class))
          .filter(past -> past.mode() != null && past.extent() != null);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
