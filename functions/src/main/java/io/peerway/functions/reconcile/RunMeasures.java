package io.peerway.functions.reconcile;

import io.peerway.functions.Count;
import io.peerway.model.network.Peering;
import io.peerway.model.value.Complete;
import io.peerway.plan.Aws;
import io.peerway.plan.report.DriftReport;
import io.peerway.plan.seen.Measures;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * What a run over all connections is measured by, as metrics. One for a single connection says
 * nothing of how many there are.
 */
final class RunMeasures {
  private RunMeasures() {}

  static void write(Complete<Peering> peerings, DriftReport report, Aws aws) {
    for (Measures.Measure measure :
        Measures.of(peerings, report.past(), aws.settings(), aws.now())) {
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
}
