package io.peerway.plan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was found at one place, and what would mend it. */
public record Inspection(List<Finding> findings, List<Repair> repairs) {
  // With 125 connections, the largest number of peerings a VPC may have, and as much of each on
  // both sides, an execution's data stays below its 256 KB (Step Functions developer guide,
  // "Quotas").
  private static final int BYTES_EACH = 400;
  private static final int REASON = 80;

  // A service account may have any number of VPCs that are left alone.
  private static final int VPCS_LEFT_ALONE = 20;

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

  /** With no more of each connection than an execution's data has room for. */
  public Inspection shortened() {
    Map<String, List<Finding>> each =
        findings.stream()
            .collect(
                Collectors.groupingBy(
                    finding -> finding.at() + finding.sort(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<Finding> kept = new ArrayList<>();
    int vpcs = 0;
    for (List<Finding> lines : each.values()) {
      boolean ofVpc =
          lines.getFirst().at().startsWith("vpc-")
              && lines.getFirst().sort() == Finding.Sort.LEFT_ALONE;
      if (ofVpc) {
        vpcs++;
      }
      if (!ofVpc || vpcs <= VPCS_LEFT_ALONE) {
        kept.addAll(shortened(lines));
      }
    }
    if (vpcs > VPCS_LEFT_ALONE) {
      kept.add(
          Finding.leftAlone(kept.getLast().at(), "and " + (vpcs - VPCS_LEFT_ALONE) + " more VPCs"));
    }
    return new Inspection(kept, repairs.stream().map(repair -> repair.shortened(REASON)).toList());
  }

  private static List<Finding> shortened(List<Finding> lines) {
    List<Finding> kept = new ArrayList<>();
    int bytes = 0;
    for (Finding line : lines) {
      bytes += line.toString().getBytes(StandardCharsets.UTF_8).length;
      if (!kept.isEmpty() && bytes > BYTES_EACH) {
        int more = lines.size() - kept.size();
        kept.add(new Finding(line.sort(), line.at(), "and " + more + " more of this"));
        break;
      }
      kept.add(line);
    }
    return kept;
  }
}
