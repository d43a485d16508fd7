package io.peerway.plan.report;

import io.peerway.model.Start;
import io.peerway.model.value.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An earlier {@link DriftReport}. */
public record PastReport(
    String mode,
    String extent,
    String summary,
    List<ReportLine> changes,
    List<ReportLine> unknown,
    List<ReportLine> leftAlone,
    List<Start> todo,
    List<Repaired> repaired,
    List<HeldBack> heldBack,
    @Nullable Seen seen) {

  /**
   * How a repair ended.
   *
   * @param state as in {@link io.peerway.model.Todo}
   * @param error what it has failed of; empty where it has not, or where nobody knows
   */
  public record Repaired(Place at, String state, String error) {
    public Repaired(Place at, String state, @Nullable String error) {
      this.at = at;
      this.state = state;
      this.error = error == null ? "" : error;
    }

    boolean isOf(Place place) {
      return at.equals(place);
    }

    /** Whether its execution, or its step, has failed. */
    public boolean hasFailed() {
      return state.equals("FAILED");
    }
  }

  /** As it was answered, in which any list may be missing. */
  public PastReport(
      String mode,
      String extent,
      @Nullable String summary,
      @Nullable List<ReportLine> changes,
      @Nullable List<ReportLine> unknown,
      @Nullable List<ReportLine> leftAlone,
      @Nullable List<Start> todo,
      @Nullable List<Repaired> repaired,
      @Nullable List<HeldBack> heldBack,
      @Nullable Seen seen) {
    this.mode = mode;
    this.extent = extent;
    this.summary = summary == null ? "" : summary;
    this.changes = orNone(changes);
    this.unknown = orNone(unknown);
    this.leftAlone = orNone(leftAlone);
    this.todo = orNone(todo);
    this.repaired = orNone(repaired);
    this.heldBack = orNone(heldBack);
    this.seen = seen;
  }

  /** One that nobody has to see. */
  PastReport(
      String mode,
      String extent,
      List<ReportLine> changes,
      List<ReportLine> unknown,
      List<Repaired> repaired,
      List<HeldBack> heldBack) {
    this(mode, extent, null, changes, unknown, List.of(), List.of(), repaired, heldBack, null);
  }

  private static <T> List<T> orNone(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  /** The changes that were not made. What a repair has mended and is there again is new. */
  List<ReportLine> left() {
    return changes.stream()
        .filter(line -> line.place().filter(this::hasMended).isEmpty())
        .filter(line -> mode.equals("plan") || line.place().filter(Place::isOfNat).isEmpty())
        .toList();
  }

  boolean hasMended(Place at) {
    return repaired.stream().anyMatch(r -> r.isOf(at) && r.state().equals("SUCCEEDED"));
  }

  /** Whether a repair has failed in this run of what passes by itself. */
  boolean hasMetPassingFailure(Place at) {
    return repaired.stream()
        .anyMatch(r -> r.isOf(at) && r.hasFailed() && PassingFailure.is(r.error()));
  }

  /** When a repair has failed: in this run, or in one that it remembers. */
  Optional<Instant> failure(Place at, Instant startedAt) {
    return repaired.stream().anyMatch(r -> r.isOf(at) && r.hasFailed())
        ? Optional.of(startedAt)
        : heldBack.stream()
            .filter(held -> held.at().equals(at))
            .map(HeldBack::failedAt)
            .findFirst();
  }

  /** The changes at one place, without their times. */
  Set<ReportLine> linesAt(Place at) {
    return of(at, changes).map(ReportLine::undated).collect(Collectors.toSet());
  }

  /** Whether it has looked at a place and found it as it should be. */
  boolean hasSeenNothing(Place at) {
    return Set.of("all", "connected", at.toString()).contains(extent)
        && of(at, changes).findAny().isEmpty()
        && of(at, unknown).findAny().isEmpty();
  }

  private static Stream<ReportLine> of(Place at, List<ReportLine> lines) {
    return lines.stream().filter(line -> at.equals(line.at()));
  }
}
