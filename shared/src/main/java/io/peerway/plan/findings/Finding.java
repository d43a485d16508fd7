package io.peerway.plan.findings;

import io.peerway.model.network.Change;
import io.peerway.model.value.Place;
import io.peerway.model.value.Printable;
import io.peerway.model.value.VpcId;
import io.peerway.plan.events.Doer;
import io.peerway.plan.network.Obstacle;
import org.jspecify.annotations.Nullable;

/**
 * One thing that {@code reconcile} found: a line of its report.
 *
 * @param by who did it, where that is known, as {@link Doer} has it. Two lines are the same whoever
 *     did it: a record may come late, or be gone
 * @param lost what is missing; only until its doer was asked for, and never in a workflow's data
 */
public record Finding(Sort sort, Place at, String what, @Nullable String by, @Nullable Loss lost) {
  // Enough for every change that we know of with both its ids; a message of AWS may be longer.
  private static final int LONGEST = 250;

  /** What becomes of it. */
  public enum Sort {
    /** Not as it should be; a repair changes it. */
    DRIFT,
    /** Could not be read, so nothing is done about it. */
    UNKNOWN,
    /** Not ours to change, and ours could not be mended beside it. */
    LEFT_ALONE,
    /** The same, because a rule of admission is against it. */
    REFUSED,
    /** The same, because a person has to approve it first. */
    WAITS_FOR_APPROVAL,
    /** The same, because the hub VPC has no room for it yet. */
    WAITS_FOR_ROOM,
    /** Not ours to change, but ours can be: it keeps packets of a connection from passing. */
    OBSTACLE,
    /** Whether there is such an obstacle could not be read. */
    UNREAD_OBSTACLE;

    /** Whether it holds up a repair of the connection where it was found. */
    public boolean holdsUpRepairs() {
      return switch (this) {
        case UNKNOWN, LEFT_ALONE, REFUSED, WAITS_FOR_APPROVAL, WAITS_FOR_ROOM -> true;
        case DRIFT, OBSTACLE, UNREAD_OBSTACLE -> false;
      };
    }

    /** Whether the report lists it among what could not be read. */
    public boolean isUnknown() {
      return this == UNKNOWN || this == UNREAD_OBSTACLE;
    }

    /** Whether the report lists it among what is left alone. */
    public boolean isLeftAlone() {
      return switch (this) {
        case LEFT_ALONE, REFUSED, WAITS_FOR_APPROVAL, WAITS_FOR_ROOM, OBSTACLE -> true;
        case DRIFT, UNKNOWN, UNREAD_OBSTACLE -> false;
      };
    }

    /** Whether it says that a connection is not meant to be, or not yet. */
    public boolean isStanding() {
      return switch (this) {
        case REFUSED, WAITS_FOR_APPROVAL, WAITS_FOR_ROOM -> true;
        case DRIFT, UNKNOWN, LEFT_ALONE, OBSTACLE, UNREAD_OBSTACLE -> false;
      };
    }
  }

  public Finding {
    what = Printable.shortened(what, LONGEST);
    by = by == null ? null : Printable.shortened(by, LONGEST);
  }

  /** Where nobody has taken anything away. */
  public Finding(Sort sort, Place at, String what) {
    this(sort, at, what, null, null);
  }

  public static Finding drift(Place at, Object what) {
    return new Finding(Sort.DRIFT, at, what.toString());
  }

  /** That a change is to be made in {@code vpc}. */
  public static Finding drift(Place at, Change change, VpcId vpc) {
    return new Finding(Sort.DRIFT, at, change.toString(), null, Loss.of(vpc, change));
  }

  /** The same where something is missing that may be asked for. */
  public Finding losing(Loss loss) {
    return new Finding(sort, at, what, by, loss);
  }

  /** The same with who did it. */
  public Finding by(String doer) {
    return new Finding(sort, at, what, doer, lost);
  }

  /** The same without who did it, and without what it could be asked by. */
  public Finding bare() {
    return new Finding(sort, at, what);
  }

  public static Finding unknown(Place at, String why) {
    return new Finding(Sort.UNKNOWN, at, why);
  }

  public static Finding leftAlone(Place at, String why) {
    return new Finding(Sort.LEFT_ALONE, at, why);
  }

  /** That it is left alone because a rule of admission is against it. */
  public static Finding refused(Place at, String why) {
    return new Finding(Sort.REFUSED, at, why);
  }

  /** That it is left alone until a person has approved it. */
  public static Finding waitsForApproval(Place at, String why) {
    return new Finding(Sort.WAITS_FOR_APPROVAL, at, why);
  }

  /** That it is left alone until the hub VPC has room for it. */
  public static Finding waitsForRoom(Place at, String why) {
    return new Finding(Sort.WAITS_FOR_ROOM, at, why);
  }

  public static Finding of(Place at, Obstacle obstacle) {
    return new Finding(
        obstacle.isKnown() ? Sort.OBSTACLE : Sort.UNREAD_OBSTACLE, at, obstacle.what());
  }

  public Finding as(Sort other) {
    return new Finding(other, at, what);
  }

  /** The line, without who did it. */
  @Override
  public String toString() {
    return at + ": " + what;
  }
}
