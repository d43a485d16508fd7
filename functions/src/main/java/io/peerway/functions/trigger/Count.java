package io.peerway.functions.trigger;

import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** Counts what happened, as a metric of the namespace {@code Peerway}. */
final class Count {
  private Count() {}

  static void one(String metric) {
    MetricsFactory.getMetricsInstance().flushSingleMetric(metric, 1, MetricUnit.COUNT, "Peerway");
  }
}
