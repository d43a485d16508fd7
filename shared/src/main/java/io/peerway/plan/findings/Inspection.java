package io.peerway.plan.findings;

import io.peerway.model.Start;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Place;
import io.peerway.model.value.VpcId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was found at one place, and what would mend it.
 *
 * @param unread accounts of which nothing was found because they could not be checked
 * @param refused accounts of which AWS refused something, for no reason of their owner's: nothing
 *     was found of them yet
 */
public record Inspection(
    List<Finding> findings, List<Start> repairs, List<Unread> unread, List<AccountId> refused) {
  // With 125 connections, the largest number of peerings a VPC may have, and as much of each on
  // both sides, besides thousands of accounts an execution's data stays below its 256 KB (Step
  // Functions developer guide, "Quotas"). The fewer there are, the more of each is shown.
  private static final int BYTES = 31_250;
  private static final int BYTES_EACH = 1_500;
  private static final int REASON = 80;

  // A service account may have any number of VPCs that are left alone.
  private static final int VPCS_LEFT_ALONE = 20;

  public static final Inspection NOTHING = new Inspection(List.of(), List.of());

  /**
   * What was found.
   *
   * @param unread null where there is none
   * @param refused null where there is none
   */
  public Inspection(
      List<Finding> findings,
      List<Start> repairs,
      @Nullable List<Unread> unread,
      @Nullable List<AccountId> refused) {
    this.findings = List.copyOf(findings);
    this.repairs = List.copyOf(repairs);
    this.unread = unread == null ? List.of() : List.copyOf(unread);
    this.refused = refused == null ? List.of() : List.copyOf(refused);
  }

  public Inspection(List<Finding> findings, List<Start> repairs) {
    this(findings, repairs, List.of(), List.of());
  }

  public static Inspection of(Finding finding) {
    return new Inspection(List.of(finding), List.of());
  }

  public static Inspection of(Finding finding, Start repair) {
    return new Inspection(List.of(finding), List.of(repair));
  }

  /** That accounts without a connection could not be checked. */
  public static Inspection unread(List<AccountId> accounts, String why) {
    return accounts.isEmpty()
        ? NOTHING
        : new Inspection(List.of(), List.of(), List.of(Unread.of(accounts, why)), List.of());
  }

  /** That AWS refused something of an account, for no reason of its owner's. */
  public static Inspection refused(AccountId account) {
    return new Inspection(List.of(), List.of(), List.of(), List.of(account));
  }

  /** The rest of it. */
  Inspection withoutRefused() {
    return new Inspection(findings, repairs, unread, List.of());
  }

  /** Both. */
  public Inspection and(Inspection other) {
    return new Inspection(
        Stream.concat(findings.stream(), other.findings.stream()).toList(),
        Stream.concat(repairs.stream(), other.repairs.stream()).toList(),
        Unread.together(unread, other.unread),
        Stream.concat(refused.stream(), other.refused.stream()).toList());
  }

  /**
   * With no more of each connection than an execution's data has room for, and no longer with what
   * is missing.
   *
   * @param connections how many there are in all
   */
  public Inspection shortened(int connections) {
    int bytesEach = Math.min(BYTES_EACH, BYTES / Math.max(1, connections));
    Map<Lines, List<Finding>> each =
        findings.stream()
            .collect(
                Collectors.groupingBy(
                    finding -> new Lines(finding.at(), finding.sort()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<Finding> kept = new ArrayList<>();
    int vpcs = 0;
    for (Map.Entry<Lines, List<Finding>> lines : each.entrySet()) {
      boolean ofVpc = lines.getKey().leaveVpcAlone();
      if (ofVpc) {
        vpcs++;
      }
      if (!ofVpc || vpcs <= VPCS_LEFT_ALONE) {
        kept.addAll(shortened(lines.getValue(), bytesEach));
      }
    }
    if (vpcs > VPCS_LEFT_ALONE) {
      kept.add(
          Finding.leftAlone(kept.getLast().at(), "and " + (vpcs - VPCS_LEFT_ALONE) + " more VPCs"));
    }
    return new Inspection(
        kept, repairs.stream().map(repair -> repair.shortened(REASON)).toList(), unread, refused);
  }

  /** Those of one sort at one place. */
  private record Lines(Place at, Finding.Sort sort) {
    boolean leaveVpcAlone() {
      return at instanceof VpcId && sort.isLeftAlone();
    }
  }

  private static List<Finding> shortened(List<Finding> lines, int bytesEach) {
    List<Finding> kept = new ArrayList<>();
    int bytes = 0;
    for (Finding line : lines) {
      bytes += bytes(line.toString());
      if (!kept.isEmpty() && bytes > bytesEach) {
        int more = lines.size() - kept.size();
        kept.add(new Finding(line.sort(), line.at(), "and " + more + " more of this"));
        return kept;
      }
      kept.add(line.bare());
    }
    return withDoers(lines, bytesEach - bytes);
  }

  // What has drifted goes before who did it.
  private static List<Finding> withDoers(List<Finding> lines, int room) {
    List<Finding> named = new ArrayList<>();
    int left = room;
    for (Finding line : lines) {
      int bytes = line.by() == null ? 0 : bytes(line.by());
      left -= bytes;
      named.add(line.by() == null || left < 0 ? line.bare() : line.bare().by(line.by()));
    }
    return named;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
