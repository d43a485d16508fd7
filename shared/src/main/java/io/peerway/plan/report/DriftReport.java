package io.peerway.plan.report;

import io.peerway.model.Start;
import io.peerway.model.Todo;
import io.peerway.model.value.Place;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.notices.Notice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
 * @param todo what makes the changes
 * @param heldBack the repairs that are not tried again now, because they have failed
 * @param repaired what has come of {@code todo}: the workflow puts it in
 * @param seen what the dashboard shows besides; null until all accounts are checked
 */
public record DriftReport(
    String mode,
    String extent,
    String summary,
    List<ReportLine> changes,
    List<ReportLine> unknown,
    List<ReportLine> leftAlone,
    List<Start> todo,
    List<HeldBack> heldBack,
    @Nullable List<Todo> repaired,
    @Nullable Seen seen) {
  // An execution's output has at most 256 KB, and the data that leads to it is there as well (Step
  // Functions developer guide, "Quotas").
  private static final int CHANGES_BYTES = 60_000;
  private static final int OTHERS_BYTES = 25_000;
  private static final int NOTICE_BYTES = 8_000;

  /** Writes down what has become of what was found. */
  public static DriftReport of(
      ReconcileOrder order, int connections, Settled settled, Since since) {
    return new DriftReport(
        mode(order),
        extent(order),
        Summary.of(connections, settled),
        cut(
            settled.findings(sort -> sort == Finding.Sort.DRIFT).stream()
                .map(since::dated)
                .toList(),
            CHANGES_BYTES),
        cut(lines(settled.findings(Finding.Sort::isUnknown)), OTHERS_BYTES),
        cut(lines(settled.findings(Finding.Sort::isLeftAlone)), OTHERS_BYTES),
        settled.repairs(),
        settled.heldBack(),
        null,
        null);
  }

  /** The same with what was seen besides. */
  public DriftReport with(Seen besides) {
    return new DriftReport(
        mode, extent, summary, changes, unknown, leftAlone, todo, heldBack, repaired, besides);
  }

  /** The same as a later run reads it: nothing is repaired yet. */
  public PastReport past() {
    return new PastReport(
        mode, extent, summary, changes, unknown, leftAlone, todo, List.of(), heldBack, seen);
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
        List.of(),
        null);
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
    return changes.stream().anyMatch(line -> line.place().filter(Place::isOfNat).isPresent());
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

  private List<ReportLine> changes(boolean held) {
    Set<Place> places = heldBack.stream().map(HeldBack::at).collect(Collectors.toSet());
    return changes.stream()
        .filter(line -> line.place().filter(places::contains).isPresent() == held)
        .toList();
  }

  private static String paragraph(String heading, List<ReportLine> lines) {
    return lines.isEmpty()
        ? ""
        : cut(lines, NOTICE_BYTES).stream()
            .map(ReportLine::toString)
            .collect(Collectors.joining("\n", "\n\n" + heading + "\n", ""));
  }

  private static List<ReportLine> lines(List<Finding> findings) {
    return findings.stream().map(ReportLine::of).toList();
  }

  private static List<ReportLine> cut(List<ReportLine> lines, int bytes) {
    List<ReportLine> kept = new ArrayList<>();
    int size = 0;
    for (ReportLine line : lines) {
      size += line.toString().getBytes(StandardCharsets.UTF_8).length + 4;
      if (size > bytes) {
        kept.add(ReportLine.more(lines.size() - kept.size()));
        return List.copyOf(kept);
      }
      kept.add(line);
    }
    return List.copyOf(kept);
  }
}
