package io.peerway.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was found at one place, and what would mend it. */
public record Inspection(List<Finding> findings, List<Repair> repairs) {
  // With 125 connections of five lines each, the largest number of peerings a VPC may have, an
  // execution's data stays below its 256 KB (Step Functions developer guide, "Quotas").
  private static final int LINES_EACH = 5;

  public static final Inspection NOTHING = new Inspection(List.of(), List.of());

  public Inspection {
    findings = List.copyOf(findings);
    repairs = List.copyOf(repairs);
  }

  static Inspection of(Finding finding) {
    return new Inspection(List.of(finding), List.of());
  }

  static Inspection of(Finding finding, Repair repair) {
    return new Inspection(List.of(finding), List.of(repair));
  }

  /** Both. */
  public Inspection and(Inspection other) {
    return new Inspection(
        Stream.concat(findings.stream(), other.findings.stream()).toList(),
        Stream.concat(repairs.stream(), other.repairs.stream()).toList());
  }

  /** With no more lines for each connection than an execution's data has room for. */
  public Inspection shortened() {
    Map<String, List<Finding>> each =
        findings.stream()
            .collect(
                Collectors.groupingBy(
                    finding -> finding.at() + finding.sort(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<Finding> kept = new ArrayList<>();
    for (List<Finding> lines : each.values()) {
      kept.addAll(lines.subList(0, Math.min(lines.size(), LINES_EACH)));
      if (lines.size() > LINES_EACH) {
        Finding last = lines.getLast();
        kept.add(
            new Finding(
                last.sort(), last.at(), "and " + (lines.size() - LINES_EACH) + " more of this"));
      }
    }
    return new Inspection(kept, repairs);
  }
}
