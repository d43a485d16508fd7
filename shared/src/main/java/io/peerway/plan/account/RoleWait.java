package io.peerway.plan.account;

import io.peerway.model.AccountLook;
import io.peerway.model.error.NotYetOpen;
import io.peerway.plan.notices.Notice;
import io.peerway.plan.sight.AccountSight;

/**
 * What becomes of a look at an account whose role cannot be assumed: soon looked at again at first,
 * then every quarter of an hour, until it is time to give up.
 */
public final class RoleWait {
  private static final int FIRST = 30;
  private static final int LONGEST = 900;

  // About a day: 100 looks cost 300 state transitions, less than one cent.
  private static final int LOOKS_FOR_A_STACK = 100;

  // What is made in IAM is not seen everywhere at once (IAM user guide, "Troubleshoot IAM"). These
  // looks take seven and a half minutes.
  private static final int LOOKS_FOR_IAM = 4;

  private RoleWait() {}

  /** What comes next. */
  public sealed interface Next {
    /** Look again after so many seconds. */
    record LookAgain(int seconds) implements Next {}

    /** Give up, and tell people. */
    record Tell(Notice notice) implements Next {}

    /** Give up. */
    record Leave() implements Next {}
  }

  /**
   * Decides for how long to wait.
   *
   * <p>The stack of an account that has come may be a day late. Where the account's own events are
   * heard its stack was there already, for the rule that forwards them comes with it: then the role
   * is deleted, or has just been made. Whoever deletes it and goes on changing things must not be
   * able to fill days with waiting executions, and the letter box with their ends.
   *
   * @param attempt looks so far
   */
  public static Next next(AccountLook look, int attempt) {
    return next(look, attempt, AccountNotice.noRole(look.accountId()));
  }

  /** The same for an account that AWS does not serve yet: it answers {@code why}. */
  public static Next next(AccountLook look, int attempt, NotYetOpen why) {
    return next(
        look,
        attempt,
        AccountNotice.notYetOpen(look.accountId(), String.valueOf(why.getMessage())));
  }

  /**
   * Whether it is worth while to look at all of an account again before anything is done there,
   * because AWS is about to open one of its Regions. In an account that was there before, people
   * are told at once which Region it is.
   */
  public static boolean mayOpenYet(AccountLook look, AccountSight sight, int attempt) {
    return sight.mayOpenYet() && mayComeYet(look) && attempt < LOOKS_FOR_IAM;
  }

  private static boolean mayComeYet(AccountLook look) {
    return look.arrived() || look.isAboutAll();
  }

  private static Next next(AccountLook look, int attempt, Notice atLast) {
    boolean mayComeYet = mayComeYet(look);
    if (attempt < (mayComeYet ? LOOKS_FOR_A_STACK : LOOKS_FOR_IAM)) {
      return new Next.LookAgain(Math.min(LONGEST, FIRST << Math.min(attempt, 5)));
    }
    if (mayComeYet) {
      return new Next.Tell(atLast);
    }
    return look.tagged().isEmpty()
        ? new Next.Leave()
        : new Next.Tell(AccountNotice.noRole(look.accountId(), look.tagged()));
  }
}
