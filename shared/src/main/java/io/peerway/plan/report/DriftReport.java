package io.peerway.plan.report;

import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.findings.Repair;
import io.peerway.plan.findings.Todo;
import io.peerway.plan.notices.Notice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code reconcile} answers; the console shows it.
 *
 * @param extent {@code all}, {@code connected}, or the one connection
 * @param changes one line for each change that is to be made
 * @param unknown what could not be read, and why
 * @param leftAlone what is not touched, and why
 * @param todo the executions that make the changes
 * @param heldBack the repairs that are not tried again now, because they have failed
 * @param repaired what has come of {@code todo}: the workflow puts it in
 */
public record DriftReport(
    String mode,
    String extent,
    String summary,
    List<String> changes,
    List<String> unknown,
    List<String> leftAlone,
    List<Repair> todo,
    List<HeldBack> heldBack,
    @Nullable List<Todo> repaired) {
  // An execution's output has at most 256 KB, and the data that leads to it is there as well (Step
  // Functions developer guide, "Quotas").
  private static final int CHANGES_BYTES = 60_000;
  private static final int OTHERS_BYTES = 25_000;
  private static final int NOTICE_BYTES = 8_000;
  private static final int REPAIRS_AT_ONCE = 100;

  /**
   * Assembles it. What is unknown or not ours at a connection holds up whatever would mend it, but
   * not its end: disconnect takes away what it can. Nor is an end held up by its own failure, as
   * somebody who may not stay is let in until then.
   */
  public static DriftReport of(
      ReconcileOrder order, int connections, Inspection found, Since since, History history) {
    Set<String> ending =
        found.repairs().stream()
            .filter(repair -> repair.kind() == Repair.Kind.DISCONNECT)
            .map(Repair::at)
            .collect(Collectors.toSet());
    List<Finding> settled = new ArrayList<>(settled(found.findings(), ending));
    found.unread().forEach(unread -> settled.add(unread.finding()));
    Set<String> held =
        settled.stream()
            .filter(finding -> finding.sort().holdsUpRepairs())
            .map(Finding::at)
            .filter(at -> !ending.contains(at))
            .collect(Collectors.toSet());
    List<String> changes = new ArrayList<>();
    settled.stream()
        .filter(finding -> finding.sort() == Finding.Sort.DRIFT)
        .forEach(finding -> changes.add(since.dated(finding)));
    List<Repair> repairs = new ArrayList<>(repairs(found.repairs(), held));
    List<HeldBack> heldBack = order.isHourly() ? heldBack(repairs, settled, history) : List.of();
    repairs.removeIf(repair -> isHeldBack(heldBack, repair.at()));
    return new DriftReport(
        mode(order),
        extent(order),
        summary(connections, settled, heldBack),
        cut(changes, CHANGES_BYTES),
        cut(lines(settled, Finding.Sort::isUnknown), OTHERS_BYTES),
        cut(lines(settled, Finding.Sort::isLeftAlone), OTHERS_BYTES),
        List.copyOf(repairs.subList(0, Math.min(repairs.size(), REPAIRS_AT_ONCE))),
        heldBack,
        null);
  }

  /** What stands in its place until all accounts are checked: the workflow keeps what it does. */
  public static DriftReport none(ReconcileOrder order) {
    return new DriftReport(
        mode(order),
        extent(order),
        "",
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static List<HeldBack> heldBack(
      List<Repair> repairs, List<Finding> findings, History history) {
    List<HeldBack> heldBack = new ArrayList<>();
    for (Repair repair : repairs) {
      if (repair.kind() != Repair.Kind.DISCONNECT) {
        Set<String> lines =
            findings.stream()
                .filter(finding -> finding.sort() == Finding.Sort.DRIFT)
                .filter(finding -> finding.at().equals(repair.at()))
                .map(Finding::toString)
                .collect(Collectors.toSet());
        history
            .failed(repair.at(), lines)
            .ifPresent(failed -> heldBack.add(HeldBack.of(repair, failed)));
      }
    }
    return List.copyOf(heldBack);
  }

  private static boolean isHeldBack(List<HeldBack> heldBack, String at) {
    return heldBack.stream().anyMatch(held -> held.at().equals(at));
  }

  /** Whether a report of {@code earlier} extent speaks of all that this order looks at. */
  public static boolean isCovered(ReconcileOrder order, String earlier) {
    return List.of("all", "connected", extent(order)).contains(earlier);
  }

  private static String mode(ReconcileOrder order) {
    return order.mode().name().toLowerCase(Locale.ROOT);
  }

  private static String extent(ReconcileOrder order) {
    return order.only() != null
        ? order.only().value()
        : order.accounts().name().toLowerCase(Locale.ROOT);
  }

  /** Whether a VPN instance has to be sent the set again. */
  public boolean natHasDrifted() {
    return changes.stream().anyMatch(line -> line.startsWith("VPN instance"));
  }

  /**
   * What people are told, if there is anything that they have not heard: what stays as it was is
   * not told every hour.
   */
  public @Nullable Notice notice(Since since) {
    if (Stream.concat(changes.stream(), unknown.stream()).noneMatch(since::isNews)) {
      return null;
    }
    return new Notice(
        "Peerway: reconcile (" + mode + "): drift found",
        summary
            + paragraph(
                mode.equals("plan") ? "Would be changed:" : "Is being repaired:", changes(false))
            + paragraph(
                "Is not tried again before the daily run, because its repair failed:",
                changes(true))
            + paragraph("Could not be read, and was left as it is:", unknown)
            + paragraph("Not ours, and left alone:", leftAlone));
  }

  private List<String> changes(boolean held) {
    return changes.stream()
        .filter(line -> isHeldBack(heldBack, line.replaceFirst(": .*", "")) == held)
        .toList();
  }

  private static String paragraph(String heading, List<String> lines) {
    return lines.isEmpty()
        ? ""
        : "\n\n" + heading + "\n" + String.join("\n", cut(lines, NOTICE_BYTES));
  }

  // To mend half a connection is no repair: connect would fail at the other half every time.
  private static List<Finding> settled(List<Finding> findings, Set<String> ending) {
    return findings.stream()
        .map(
            finding -> {
              boolean isObstacle =
                  finding.sort() != Finding.Sort.DRIFT && !finding.sort().holdsUpRepairs();
              if (isObstacle || ending.contains(finding.at())) {
                return finding;
              }
              if (has(findings, finding.at(), Finding.Sort.UNKNOWN)) {
                return finding.as(Finding.Sort.UNKNOWN);
              }
              return has(findings, finding.at(), Finding.Sort.LEFT_ALONE)
                  ? finding.as(Finding.Sort.LEFT_ALONE)
                  : finding;
            })
        .distinct()
        .toList();
  }

  private static boolean has(List<Finding> findings, String at, Finding.Sort sort) {
    return findings.stream().anyMatch(finding -> finding.at().equals(at) && finding.sort() == sort);
  }

  private static List<Repair> repairs(List<Repair> all, Set<String> held) {
    List<Repair> repairs = new ArrayList<>();
    for (Repair repair : all) {
      boolean first = repairs.stream().noneMatch(other -> other.at().equals(repair.at()));
      if (first && !held.contains(repair.at())) {
        repairs.add(ends(all, repair));
      }
    }
    return repairs;
  }

  // Both sides of a connection are looked at: where one says that it has to end, it ends.
  private static Repair ends(List<Repair> all, Repair repair) {
    return all.stream()
        .filter(other -> other.at().equals(repair.at()))
        .filter(other -> other.kind() == Repair.Kind.DISCONNECT)
        .findFirst()
        .orElse(repair);
  }

  private static List<String> lines(List<Finding> findings, Predicate<Finding.Sort> sort) {
    return findings.stream()
        .filter(finding -> sort.test(finding.sort()))
        .map(Finding::toString)
        .toList();
  }

  private static String summary(int connections, List<Finding> findings, List<HeldBack> heldBack) {
    StringBuilder summary =
        new StringBuilder(
            "%d of %d %s drifted, %d unknown, %d left alone"
                .formatted(
                    places(findings, "pcx-", sort -> sort == Finding.Sort.DRIFT),
                    connections,
                    connections == 1 ? "connection has" : "connections have",
                    places(findings, "", Finding.Sort::isUnknown),
                    places(findings, "", Finding.Sort::isLeftAlone)));
    add(
        summary,
        places(findings, "vpc-", sort -> sort == Finding.Sort.DRIFT),
        "VPC to be connected");
    add(
        summary,
        places(findings, Finding.LEFT_IN, sort -> sort == Finding.Sort.DRIFT),
        "VPC to be left");
    add(
        summary,
        places(findings, "VPN", sort -> sort == Finding.Sort.DRIFT),
        "VPN instance to be set");
    add(summary, heldBack.size(), "not tried again yet");
    return summary.toString();
  }

  private static void add(StringBuilder summary, long count, String what) {
    if (count > 0) {
      summary.append(", ").append(count).append(" ").append(what);
    }
  }

  private static long places(List<Finding> findings, String prefix, Predicate<Finding.Sort> sort) {
    return findings.stream()
        .filter(finding -> sort.test(finding.sort()) && finding.at().startsWith(prefix))
        .map(Finding::at)
        .distinct()
        .count();
  }

  private static List<String> cut(List<String> lines, int bytes) {
    List<String> kept = new ArrayList<>();
    int size = 0;
    for (String line : lines) {
      size += line.getBytes(StandardCharsets.UTF_8).length + 4;
      if (size > bytes) {
        kept.add("and " + (lines.size() - kept.size()) + " more lines");
        return List.copyOf(kept);
      }
      kept.add(line);
    }
    return List.copyOf(kept);
  }
}
