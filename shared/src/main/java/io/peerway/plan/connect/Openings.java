package io.peerway.plan.connect;

import io.peerway.model.Connection;
import io.peerway.model.network.Change;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.port.Network;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Port;
import io.peerway.plan.network.Applied;
import io.peerway.plan.network.SecurityGroupPlan;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What is open in a service VPC, read back.
 *
 * @param missing what is not as it should be
 */
record Openings(Complete<SecurityGroup> groups, List<Change> missing) {

  /**
   * Reads it. Where tags of the groups ask for something else than what was opened, they were
   * changed while this run was under way, or another run that had read them earlier has written
   * later: then it is mended here, so that whatever run ends last leaves what the tags ask for.
   *
   * @param log takes a line for each change that was made
   * @param admitted throws where the connection has been taken away meanwhile, so that nothing is
   *     opened again behind its end
   */
  static Openings readBack(
      Network inside,
      Connection connection,
      List<Port> ports,
      List<Cidr> vpnAddresses,
      Consumer<String> log,
      Runnable admitted) {
    Openings seen = read(inside, connection, ports, vpnAddresses);
    if (seen.missing.isEmpty() || !seen.missing.stream().allMatch(seen.hangsOnTags(connection))) {
      return seen;
    }
    admitted.run();
    Applied.to(inside, seen.missing, log);
    Openings mended = read(inside, connection, ports, vpnAddresses);
    // An owner that goes on changing tags makes no run fail: the event of the last change starts
    // another one.
    return SecurityGroupPlan.asked(mended.groups).equals(SecurityGroupPlan.asked(seen.groups))
        ? mended
        : mended.without(mended.hangsOnTags(connection));
  }

  private static Openings read(
      Network inside, Connection connection, List<Port> ports, List<Cidr> vpnAddresses) {
    Complete<SecurityGroup> groups = inside.securityGroups(connection.service().vpc());
    return new Openings(
        groups,
        SecurityGroupPlan.plan(
            groups,
            connection.service().vpc(),
            connection.hub().vpc(),
            ports,
            vpnAddresses,
            connection.peeringId()));
  }

  private Predicate<Change> hangsOnTags(Connection connection) {
    return change -> SecurityGroupPlan.hangsOnTags(change, groups, connection.hub().vpc());
  }

  private Openings without(Predicate<Change> some) {
    return new Openings(groups, missing.stream().filter(some.negate()).toList());
  }
}
