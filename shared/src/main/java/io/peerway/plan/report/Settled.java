package io.peerway.plan.report;

import io.peerway.model.Start;
import io.peerway.model.value.Place;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What becomes of what was found. What is unknown or not ours at a connection holds up whatever
 * would mend it, but not its end: disconnect takes away what it can. Nor is an end held up by its
 * own failure, as somebody who may not stay is let in until then.
 *
 * @param findings each once, and with what holds it up
 * @param repairs those that are tried now
 * @param heldBack those that are not, because they have failed
 */
public record Settled(List<Finding> findings, List<Start> repairs, List<HeldBack> heldBack) {
  private static final int REPAIRS_AT_ONCE = 100;

  public Settled {
    findings = List.copyOf(findings);
    repairs = List.copyOf(repairs);
    heldBack = List.copyOf(heldBack);
  }

  /**
   * Decides.
   *
   * @param history what a repair that failed before is held back by, in a run of every hour
   */
  public static Settled of(ReconcileOrder order, Inspection found, History history) {
    Set<Place> ending =
        found.repairs().stream()
            .filter(Start.Disconnect.class::isInstance)
            .map(Start::at)
            .collect(Collectors.toSet());
    List<Finding> findings = new ArrayList<>(settled(found.findings(), ending));
    found.unread().forEach(unread -> findings.add(unread.finding()));
    Set<Place> held =
        findings.stream()
            .filter(finding -> finding.sort().holdsUpRepairs())
            .map(Finding::at)
            .filter(at -> !ending.contains(at))
            .collect(Collectors.toSet());
    List<Start> repairs = new ArrayList<>(repairs(found.repairs(), held));
    List<HeldBack> heldBack = order.isHourly() ? heldBack(repairs, findings, history) : List.of();
    repairs.removeIf(
        repair -> heldBack.stream().anyMatch(failed -> failed.at().equals(repair.at())));
    return new Settled(
        findings, repairs.subList(0, Math.min(repairs.size(), REPAIRS_AT_ONCE)), heldBack);
  }

  /** Those of such sorts. */
  List<Finding> findings(Predicate<Finding.Sort> sort) {
    return findings.stream().filter(finding -> sort.test(finding.sort())).toList();
  }

  /** What is not meant to be connected, or not yet: each place once. */
  public List<Standing> standings() {
    return findings.stream()
        .filter(finding -> finding.sort().isStanding())
        .map(finding -> new Standing(finding.at(), finding.sort()))
        .distinct()
        .toList();
  }

  private static List<HeldBack> heldBack(
      List<Start> repairs, List<Finding> findings, History history) {
    Map<Place, Set<ReportLine>> drift =
        findings.stream()
            .filter(finding -> finding.sort() == Finding.Sort.DRIFT)
            .collect(
                Collectors.groupingBy(
                    Finding::at, Collectors.mapping(ReportLine::of, Collectors.toSet())));
    List<HeldBack> heldBack = new ArrayList<>();
    for (Start repair : repairs) {
      if (!(repair instanceof Start.Disconnect)) {
        history
            .failed(repair.at(), drift.getOrDefault(repair.at(), Set.of()))
            .ifPresent(failed -> heldBack.add(HeldBack.of(repair, failed)));
      }
    }
    return heldBack;
  }

  // To mend half a connection is no repair: connect would fail at the other half every time.
  private static List<Finding> settled(List<Finding> findings, Set<Place> ending) {
    Map<Place, Set<Finding.Sort>> sorts =
        findings.stream()
            .collect(
                Collectors.groupingBy(
                    Finding::at, Collectors.mapping(Finding::sort, Collectors.toSet())));
    return findings.stream()
        .map(
            finding -> {
              Set<Finding.Sort> here = sorts.getOrDefault(finding.at(), Set.of());
              boolean isObstacle =
                  finding.sort() != Finding.Sort.DRIFT && !finding.sort().holdsUpRepairs();
              if (isObstacle || ending.contains(finding.at())) {
                return finding;
              }
              if (here.contains(Finding.Sort.UNKNOWN)) {
                return finding.as(Finding.Sort.UNKNOWN);
              }
              return finding.sort() == Finding.Sort.DRIFT
                      && here.stream().anyMatch(Finding.Sort::holdsUpRepairs)
                  ? finding.as(Finding.Sort.LEFT_ALONE)
                  : finding;
            })
        .distinct()
        .toList();
  }

  private static List<Start> repairs(List<Start> all, Set<Place> held) {
    Map<Place, Start> repairs = new LinkedHashMap<>();
    all.stream()
        .filter(repair -> !held.contains(repair.at()))
        .forEach(repair -> repairs.merge(repair.at(), repair, Settled::either));
    return List.copyOf(repairs.values());
  }

  // Both sides of a connection are looked at: where one says that it has to end, it ends.
  private static Start either(Start first, Start second) {
    return first instanceof Start.Disconnect || !(second instanceof Start.Disconnect)
        ? first
        : second;
  }
}
