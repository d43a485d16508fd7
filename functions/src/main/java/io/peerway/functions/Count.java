package io.peerway.functions;

import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * Counts what happened, and measures, as metrics of the namespace {@code Peerway}: a line of the
 * log each, and no call.
 */
public final class Count {
  private static final String NAMESPACE = "Peerway";

  private Count() {}

  public static void one(String metric) {
    MetricsFactory.getMetricsInstance().flushSingleMetric(metric, 1, MetricUnit.COUNT, NAMESPACE);
  }

  /** One more, of those with this dimension. */
  public static void one(String metric, String dimension, String of) {
    value(metric, MetricUnit.COUNT, 1, dimension, of);
  }

  public static void value(String metric, MetricUnit unit, double value) {
    MetricsFactory.getMetricsInstance().flushSingleMetric(metric, value, unit, NAMESPACE);
  }

  public static void value(
      String metric, MetricUnit unit, double value, String dimension, String of) {
    MetricsFactory.getMetricsInstance()
        .flushSingleMetric(metric, value, unit, NAMESPACE, DimensionSet.of(dimension, of));
  }
}
