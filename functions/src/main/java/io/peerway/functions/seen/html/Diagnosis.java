package io.peerway.functions.seen.html;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the doctor has answered.
 *
 * @param summary one sentence
 * @param hops the packet's way, station by station
 */
public record Diagnosis(String summary, List<Hop> hops) {

  /** How a station is. */
  public enum Verdict {
    RIGHT,
    WRONG,
    UNKNOWN
  }

  /**
   * A station.
   *
   * @param at its name
   * @param what it is about
   * @param mend the command that mends it
   * @param changed who changed it last, and when
   */
  public record Hop(
      String at,
      String what,
      Verdict verdict,
      String evidence,
      @Nullable String mend,
      @Nullable String changed) {

    /** As it was answered, in which any text may be missing. */
    public Hop(
        @Nullable String at,
        @Nullable String what,
        @Nullable Verdict verdict,
        @Nullable String evidence,
        @Nullable String mend,
        @Nullable String changed) {
      this.at = Objects.requireNonNullElse(at, "");
      this.what = Objects.requireNonNullElse(what, this.at);
      this.verdict = Objects.requireNonNullElse(verdict, Verdict.UNKNOWN);
      this.evidence = Objects.requireNonNullElse(evidence, "");
      this.mend = mend;
      this.changed = changed;
    }
  }

  /** As it was answered, in which either may be missing. */
  public Diagnosis(@Nullable String summary, @Nullable List<Hop> hops) {
    this.summary = Objects.requireNonNullElse(summary, "");
    this.hops = hops == null ? List.of() : List.copyOf(hops);
  }
}
