package io.peerway.plan.admission;

import io.peerway.model.Connection;
import io.peerway.model.error.Superseded;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.network.RoutedVpc;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Whether a run still works for the latest admission. What is too much by an older one may be what
 * the latest has added, so nothing is removed without asking here.
 */
public final class StillAdmitted {
  private StillAdmitted() {}

  /**
   * Compares the claim; a connection that is taken away ({@link Connection#withdrawn}) has none.
   *
   * @param now the peering connection as the hub account sees it at this moment
   * @throws Superseded where another claim is written on it now
   */
  public static void claim(Connection connection, Optional<Peering> now) {
    claim(connection.peeringId(), connection.service().cidrs(), now);
  }

  /**
   * The same, where no more is known of the connection than the CIDRs that it was admitted with.
   *
   * @param admitted none where it is taken away
   */
  public static void claim(PeeringId peering, List<Cidr> admitted, Optional<Peering> now) {
    List<Cidr> claim =
        now.filter(seen -> seen.status().isPending() || seen.status().isAccepted())
            .map(Peering::claim)
            .orElse(List.of());
    // To be without a claim is not to be withdrawn: what is not ends nothing.
    if (admitted.isEmpty() && now.filter(Peering::isUnclaimed).isPresent()) {
      throw new Superseded(peering + ": its claim is not withdrawn, somebody has taken it off");
    }
    compare(peering, "its claim", admitted, claim);
  }

  /**
   * Compares the CIDRs of the hub VPC.
   *
   * @param now the hub VPC's CIDRs at this moment
   * @throws Superseded where they have changed
   */
  public static void hub(Connection connection, List<Cidr> now) {
    compare(connection.peeringId(), "the hub VPC", connection.hub().cidrs(), now);
  }

  /**
   * Compares the CIDRs of the service VPC. Its route tables show them for nothing, each with a
   * route inside the VPC; but for a moment one may be there too long or not yet, and an appliance
   * may have taken its place. So where they show others, the VPC itself is asked.
   *
   * @param tables those of the service VPC
   * @param peering the peering connection at this moment, which says what was left out
   * @param vpc the service VPC at this moment
   * @throws Superseded where it has CIDRs that this run was not admitted with, or has no longer
   */
  public static void service(
      Connection connection,
      Complete<RouteTable> tables,
      Supplier<Optional<Peering>> peering,
      Supplier<Optional<Vpc>> vpc) {
    Set<Cidr> admitted = Set.copyOf(connection.service().cidrs());
    Set<Cidr> shown = Set.copyOf(RoutedVpc.of(connection.service(), tables).cidrs());
    if (shown.isEmpty() || shown.equals(admitted)) {
      return;
    }
    List<Cidr> leftOut = peering.get().map(Peering::leftOut).orElse(List.of());
    if (!without(shown, leftOut).equals(admitted)) {
      vpc.get()
          .ifPresent(
              now ->
                  compare(
                      connection.peeringId(),
                      now.id().value(),
                      connection.service().cidrs(),
                      List.copyOf(without(Set.copyOf(now.cidrs()), leftOut))));
    }
  }

  private static Set<Cidr> without(Set<Cidr> cidrs, List<Cidr> some) {
    return cidrs.stream().filter(cidr -> !some.contains(cidr)).collect(Collectors.toSet());
  }

  private static void compare(PeeringId peering, String what, List<Cidr> then, List<Cidr> now) {
    if (!Set.copyOf(then).equals(Set.copyOf(now))) {
      throw new Superseded(peering + ": " + what + " was " + then + " and is " + now + " now");
    }
  }
}
