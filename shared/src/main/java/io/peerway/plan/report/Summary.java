package io.peerway.plan.report;

import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Place;
import io.peerway.model.value.VpcId;
import io.peerway.plan.findings.Finding;
import java.util.List;
import java.util.function.Predicate;

/** What was found, counted: each place once. */
final class Summary {
  private Summary() {}

  /** In one sentence. */
  static String of(int connections, Settled settled) {
    StringBuilder summary =
        new StringBuilder(
            "%d of %d %s drifted, %d unknown, %d left alone"
                .formatted(
                    drifted(settled, PeeringId.class::isInstance),
                    connections,
                    connections == 1 ? "connection has" : "connections have",
                    places(settled.findings(Finding.Sort::isUnknown), any -> true),
                    places(settled.findings(Finding.Sort::isLeftAlone), any -> true)));
    add(summary, drifted(settled, VpcId.class::isInstance), "VPC to be connected");
    add(summary, drifted(settled, Place.LeftIn.class::isInstance), "VPC to be left");
    add(summary, drifted(settled, Place::isOfNat), "VPN instance to be set");
    add(summary, settled.heldBack().size(), "not tried again yet");
    return summary.toString();
  }

  private static void add(StringBuilder summary, long count, String what) {
    if (count > 0) {
      summary.append(", ").append(count).append(" ").append(what);
    }
  }

  private static long drifted(Settled settled, Predicate<Place> which) {
    return places(settled.findings(sort -> sort == Finding.Sort.DRIFT), which);
  }

  private static long places(List<Finding> findings, Predicate<Place> which) {
    return findings.stream().map(Finding::at).filter(which).distinct().count();
  }
}
