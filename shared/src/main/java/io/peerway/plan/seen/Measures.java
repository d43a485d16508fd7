package io.peerway.plan.seen;

import io.peerway.model.network.Peering;
import io.peerway.model.value.Complete;
import io.peerway.plan.Settings;
import io.peerway.plan.nat.VpnCount;
import io.peerway.plan.report.PastReport;
import io.peerway.plan.report.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one run of {@code reconcile} over all connections is measured by. What is nothing is left
 * out where nobody asks for it: CloudWatch charges a metric for the hours in which it is sent.
 */
public final class Measures {
  private Measures() {}

  /**
   * One figure.
   *
   * @param dimension its name; null where there is none
   */
  public record Measure(
      String metric, Unit unit, double value, @Nullable String dimension, @Nullable String of) {}

  /** Of a figure. */
  public enum Unit {
    COUNT,
    PERCENT
  }

  /**
   * Those of a run.
   *
   * @param peerings every live peering connection of the hub VPC
   * @param report as it was answered, before anything was repaired
   */
  public static List<Measure> of(
      Complete<Peering> peerings, PastReport report, Settings settings, Instant now) {
    Picture picture =
        Picture.of(peerings, Optional.of(new LastRun("", now, report)), settings, now);
    List<Measure> measures = new ArrayList<>();
    Map<State, Integer> counts = picture.counts();
    measures.add(of(State.CONNECTED, counts.getOrDefault(State.CONNECTED, 0)));
    counts.forEach(
        (state, count) -> {
          if (state != State.CONNECTED) {
            measures.add(of(state, count));
          }
        });
    counted(measures, "DriftFound", counts.getOrDefault(State.DRIFTED, 0));
    long accepted =
        peerings.items().stream().filter(peering -> peering.status().isAccepted()).count();
    measures.add(percent("PeeringsUsed", accepted, settings.peeringsPerVpc()));
    Seen seen = report.seen();
    if (seen != null) {
      measures.add(percent("RoutesUsed", seen.fullestTable(), settings.routesPerTable()));
      measures.addAll(vpn(seen.vpn()));
    }
    return List.copyOf(measures);
  }

  // The most of all instances by itself, for the alarm: one cannot watch a search.
  private static List<Measure> vpn(List<VpnCount> counts) {
    List<Measure> measures = new ArrayList<>();
    for (VpnCount count : counts) {
      count
          .used()
          .ifPresent(
              used ->
                  measures.add(
                      new Measure(
                          "TrackedConnectionsUsed",
                          Unit.PERCENT,
                          used,
                          "Instance",
                          count.instance().value())));
    }
    counts.stream()
        .flatMap(count -> count.used().stream())
        .max(Double::compare)
        .ifPresent(
            most ->
                measures.add(
                    new Measure("TrackedConnectionsUsed", Unit.PERCENT, most, null, null)));
    for (VpnCount count : counts) {
      long lost = count.lost() == null ? 0 : count.lost();
      if (lost > 0) {
        String instance = count.instance().value();
        measures.add(new Measure("InsertFailed", Unit.COUNT, lost, "Instance", instance));
      }
    }
    counted(
        measures,
        "InsertFailed",
        counts.stream().mapToLong(count -> count.lost() == null ? 0 : count.lost()).sum());
    return measures;
  }

  private static void counted(List<Measure> measures, String metric, long count) {
    if (count > 0) {
      measures.add(new Measure(metric, Unit.COUNT, count, null, null));
    }
  }

  private static Measure of(State state, int count) {
    return new Measure("Connections", Unit.COUNT, count, "State", state.word());
  }

  private static Measure percent(String metric, long used, int quota) {
    return new Measure(metric, Unit.PERCENT, 100.0 * used / quota, null, null);
  }
}
