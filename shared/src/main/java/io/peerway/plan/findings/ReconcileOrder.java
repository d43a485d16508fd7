package io.peerway.plan.findings;

import io.peerway.model.error.MalformedEvent;
import io.peerway.model.freeze.Freezes;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Printable;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code reconcile} is asked to do.
 *
 * @param only the one connection to look at, or null for all
 * @param freezes how it stands to freezes; null where people have started it
 */
public record ReconcileOrder(
    Mode mode, Range accounts, @Nullable PeeringId only, @Nullable Freezes freezes) {
  private static final Set<String> KNOWN = Set.of("mode", "only", "accounts", "after", "freezes");

  /** Whether anything is changed. */
  public enum Mode {
    PLAN,
    REPAIR
  }

  /** Which accounts are entered. */
  public enum Range {
    /** Every account of the organisation: tagged VPCs whose event was lost are found, too. */
    ALL,
    /** Those that have a connection or ask for one. */
    CONNECTED
  }

  /** Where people ask. */
  public ReconcileOrder(Mode mode, Range accounts, @Nullable PeeringId only) {
    this(mode, accounts, only, null);
  }

  public ReconcileOrder {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(accounts, "accounts");
  }

  /**
   * Reads an execution's input. A name that is not known is refused: {@code Only} in place of
   * {@code only} would repair everything.
   *
   * @throws MalformedEvent naming the field, its value and what was expected
   */
  public static ReconcileOrder of(Map<String, ?> input) {
    for (String name : input.keySet()) {
      if (!KNOWN.contains(name)) {
        throw new MalformedEvent(
            "input: mode, only, accounts, after and freezes expected, got: "
                + Printable.shortened(name));
      }
    }
    checkAfter(input.get("after"));
    return new ReconcileOrder(
        one("mode", Mode.class, "plan or repair", input.get("mode"), Mode.PLAN),
        one("accounts", Range.class, "all or connected", input.get("accounts"), Range.ALL),
        only(input.get("only")),
        freezes(input.get("freezes")));
  }

  // As a workflow writes it.
  private static @Nullable Freezes freezes(@Nullable Object given) {
    try {
      return given == null ? null : Freezes.valueOf(given.toString());
    } catch (IllegalArgumentException e) {
      throw new MalformedEvent(
          "freezes: HEED, PASSED or BY_HAND expected, got: "
              + Printable.shortened(given.toString()));
    }
  }

  private static <E extends Enum<E>> E one(
      String name, Class<E> type, String expected, @Nullable Object given, E otherwise) {
    if (given == null) {
      return otherwise;
    }
    for (E value : Objects.requireNonNull(type.getEnumConstants())) {
      if (value.name().toLowerCase(Locale.ROOT).equals(given)) {
        return value;
      }
    }
    throw new MalformedEvent(
        name + ": " + expected + " expected, got: " + Printable.shortened(given.toString()));
  }

  // The workflow has waited so long already; what is no number it has passed over.
  private static void checkAfter(@Nullable Object given) {
    if (given != null && !(given instanceof Number)) {
      throw new MalformedEvent(
          "after: seconds expected, got: " + Printable.shortened(given.toString()));
    }
  }

  private static @Nullable PeeringId only(@Nullable Object given) {
    try {
      return given == null ? null : new PeeringId(given.toString());
    } catch (IllegalArgumentException e) {
      throw new MalformedEvent("only: " + e.getMessage());
    }
  }

  /** Whether every account is looked at, for VPCs that ask to be connected. */
  public boolean looksForVpcs() {
    return accounts == Range.ALL && only == null;
  }

  /**
   * Whether it is run every hour, so that what fails in it would fail, and be told, as often. The
   * daily run and a run for one connection try whatever is to be tried.
   */
  public boolean isHourly() {
    return accounts == Range.CONNECTED && only == null;
  }

  /** The same where nothing is changed. */
  public ReconcileOrder planned() {
    return new ReconcileOrder(Mode.PLAN, accounts, only, freezes);
  }

  /** Whether this connection is looked at. */
  public boolean includes(PeeringId peering) {
    return only == null || only.equals(peering);
  }
}
