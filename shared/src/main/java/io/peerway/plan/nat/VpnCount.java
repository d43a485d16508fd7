package io.peerway.plan.nat;

import io.peerway.model.value.InstanceId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Linux on a VPN instance counts of the connections that go through it; null where it did not
 * say.
 *
 * @param tracked connections that are tracked now
 * @param most how many can be
 * @param insertFailed connections that were lost since its start, because no entry could be made
 *     for them: mostly for want of a free port
 * @param lost of these, since the count before
 */
public record VpnCount(
    InstanceId instance,
    @Nullable Integer tracked,
    @Nullable Integer most,
    @Nullable Long insertFailed,
    @Nullable Long lost) {

  public VpnCount {
    Objects.requireNonNull(instance, "instance");
  }

  /** What an instance said. */
  public static VpnCount of(InstanceId instance, Tracking said) {
    return new VpnCount(instance, said.tracked(), said.trackedMost(), said.insertFailed(), null);
  }

  /** Whether any instance has lost connections since its start. */
  public static boolean anyHasLost(@Nullable List<VpnCount> counts) {
    return counts != null && counts.stream().anyMatch(count -> count.failures() > 0);
  }

  /**
   * The same with what was lost since {@code before}. An instance that counts less than then has
   * begun anew.
   */
  public static List<VpnCount> since(
      @Nullable List<VpnCount> counts, Optional<List<VpnCount>> before) {
    return Objects.requireNonNullElse(counts, List.<VpnCount>of()).stream()
        .map(count -> count.since(before.orElse(List.of())))
        .toList();
  }

  private VpnCount since(List<VpnCount> before) {
    long then =
        before.stream()
            .filter(count -> count.instance().equals(instance))
            .mapToLong(VpnCount::failures)
            .findFirst()
            .orElse(0);
    long since = failures() < then ? failures() : failures() - then;
    return new VpnCount(
        instance, tracked, most, insertFailed, insertFailed == null ? null : Long.valueOf(since));
  }

  /** How much of the room is taken, in hundredths; empty where it is not known. */
  public Optional<Double> used() {
    return tracked == null || most == null || most <= 0
        ? Optional.empty()
        : Optional.of(100.0 * tracked / most);
  }

  private long failures() {
    return insertFailed == null ? 0 : insertFailed;
  }
}
