package io.peerway.plan.report;

import io.peerway.model.Start;
import io.peerway.model.value.Place;
import io.peerway.plan.report.PastReport.Repaired;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is known of every place once a run of {@code reconcile} is over: what it found itself, and
 * where it looked at one connection alone, what was known of the others before.
 *
 * @param at when it read, as an ISO time; empty where nobody knows
 * @param changes what has drifted and was not mended
 * @param ending connections that have to end
 * @param failed repairs that have failed
 */
public record Looked(
    String at,
    List<ReportLine> changes,
    List<ReportLine> unknown,
    List<ReportLine> leftAlone,
    List<HeldBack> heldBack,
    List<Standing> standings,
    List<Place> ending,
    List<Repaired> failed) {
  /** Where there was no run yet. */
  public static final Looked NOTHING =
      new Looked("", List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  public Looked {
    changes = List.copyOf(changes);
    unknown = List.copyOf(unknown);
    leftAlone = List.copyOf(leftAlone);
    heldBack = List.copyOf(heldBack);
    standings = List.copyOf(standings);
    ending = List.copyOf(ending);
    failed = List.copyOf(failed);
  }

  /** What a run has left behind. */
  public static Looked of(PastReport report) {
    Seen seen = report.seen();
    Looked own =
        new Looked(
            seen == null ? "" : seen.at(),
            report.left(),
            report.unknown(),
            report.leftAlone(),
            report.heldBack(),
            seen == null ? List.of() : seen.standings(),
            ending(report),
            report.repaired().stream().filter(Repaired::hasFailed).toList());
    return seen == null || seen.others() == null
        ? own
        : own.beside(seen.others(), place -> !isLookedAt(place, report.extent()));
  }

  private static List<Place> ending(PastReport report) {
    return report.todo().stream()
        .filter(Start.Disconnect.class::isInstance)
        .map(Start::at)
        .filter(at -> !report.hasMended(at))
        .toList();
  }

  // The VPN instances are asked in every run.
  private static boolean isLookedAt(Place place, String extent) {
    return place.toString().equals(extent) || place.isOfNat() || place instanceof Place.OpenVpn;
  }

  private Looked beside(Looked others, Predicate<Place> which) {
    return new Looked(
        at,
        lines(changes, others.changes, which),
        lines(unknown, others.unknown, which),
        lines(leftAlone, others.leftAlone, which),
        both(heldBack, others.heldBack, HeldBack::at, which),
        both(standings, others.standings, Standing::at, which),
        both(ending, others.ending, Function.identity(), which),
        both(failed, others.failed, Repaired::at, which));
  }

  // A line that counts others has no place.
  private static List<ReportLine> lines(
      List<ReportLine> own, List<ReportLine> others, Predicate<Place> which) {
    return Stream.concat(
            own.stream(), others.stream().filter(line -> line.place().filter(which).isPresent()))
        .toList();
  }

  private static <T> List<T> both(
      List<T> own, List<T> others, Function<T, Place> place, Predicate<Place> which) {
    return Stream.concat(own.stream(), others.stream().filter(one -> which.test(place.apply(one))))
        .toList();
  }

  /** Its lines of one list about one place. */
  public static List<ReportLine> at(Place place, List<ReportLine> lines) {
    return lines.stream().filter(line -> place.equals(line.at())).toList();
  }
}
