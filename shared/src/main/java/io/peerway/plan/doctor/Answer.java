package io.peerway.plan.doctor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people are told.
 *
 * @param summary one sentence
 * @param first the first station that is wrong; null where none is known to be
 * @param hops all of them, in the packet's order
 */
public record Answer(String summary, @Nullable Line first, List<Line> hops) {

  /**
   * A station in words.
   *
   * @param at its name, such as {@code HUB_ROUTE}
   * @param what it is about
   * @param verdict {@code RIGHT}, {@code UNKNOWN} or {@code WRONG}
   * @param mend the command that mends it
   * @param changed who changed it last, and when
   */
  public record Line(
      Station at,
      String what,
      Hop.Verdict verdict,
      String evidence,
      @Nullable String mend,
      @Nullable String changed) {}

  /**
   * In words.
   *
   * @param changed who changed the first wrong one last; null where nobody knows
   */
  static Answer of(Diagnosis diagnosis, @Nullable String changed) {
    Hop first = diagnosis.first().orElse(null);
    List<Line> lines =
        diagnosis.hops().stream()
            .map(hop -> line(hop, hop.equals(first) ? changed : null))
            .toList();
    return new Answer(
        diagnosis.summary() + (changed == null ? "" : " Changed last by " + changed + "."),
        first == null ? null : line(first, changed),
        lines);
  }

  private static Line line(Hop hop, @Nullable String changed) {
    return new Line(hop.at(), hop.at().words(), hop.verdict(), hop.evidence(), hop.mend(), changed);
  }
}
