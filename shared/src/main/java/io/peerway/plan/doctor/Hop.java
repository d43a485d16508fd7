package io.peerway.plan.doctor;

import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Printable;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.plan.findings.Loss;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One station of a packet's way, and how it is.
 *
 * @param evidence what was read, in one line: names and errors of other accounts may stand in it
 * @param mend the command that mends it; null where there is none
 * @param trail where to find out who changed it last; null where nobody knows
 */
public record Hop(
    Station at, Verdict verdict, String evidence, @Nullable String mend, @Nullable Trail trail) {
  private static final int LONGEST = 400;

  // As many as are asked of one event history in a step.
  private static final int LOOKED_UP = 5;

  /** How a station is; of two that differ the later one counts. */
  public enum Verdict {
    RIGHT,
    UNKNOWN,
    WRONG
  }

  /**
   * Where a change has left its record.
   *
   * @param places accounts and Regions
   * @param resources the ids that the record may name
   * @param lost what of ours is missing there; null where it is something else
   */
  public record Trail(List<VpcSide> places, List<String> resources, @Nullable Loss lost) {
    static Trail of(VpcSide place, String... resources) {
      return new Trail(List.of(place), List.of(resources), null);
    }

    /** Of security groups, and of what has them. */
    static Trail ofGroups(VpcSide place, String owner, List<SecurityGroupId> groups) {
      return new Trail(
          List.of(place),
          Stream.concat(Stream.of(owner), groups.stream().map(SecurityGroupId::value))
              .limit(LOOKED_UP)
              .toList(),
          null);
    }
  }

  public Hop {
    evidence = Printable.shortened(evidence, LONGEST);
  }

  static Hop right(Station at, String evidence) {
    return new Hop(at, Verdict.RIGHT, evidence, null, null);
  }

  static Hop unknown(Station at, String why) {
    return new Hop(at, Verdict.UNKNOWN, why, null, null);
  }

  static Hop wrong(Station at, String evidence, @Nullable String mend, @Nullable Trail trail) {
    return new Hop(at, Verdict.WRONG, evidence, mend, trail);
  }

  public boolean isWrong() {
    return verdict == Verdict.WRONG;
  }
}
