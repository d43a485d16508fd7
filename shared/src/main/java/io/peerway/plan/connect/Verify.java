package io.peerway.plan.connect;

import io.peerway.model.Connection;
import io.peerway.model.error.Drifted;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Tags;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Port;
import io.peerway.plan.Aws;
import io.peerway.plan.admission.Latest;
import io.peerway.plan.admission.StillAdmitted;
import io.peerway.plan.nat.VpnSight;
import io.peerway.plan.network.Obstacle;
import io.peerway.plan.network.Obstacles;
import io.peerway.plan.network.Obstructions;
import io.peerway.plan.network.SecurityGroupPlan;
import io.peerway.plan.network.Slips;
import io.peerway.plan.network.Verification;
import io.peerway.plan.notices.FreezeNotice;
import io.peerway.plan.notices.Notice;
import io.peerway.plan.notices.Status;
import io.peerway.plan.notices.StatusTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads everything back and only then says that a connection works. (What the VPN instances have in
 * force they read back themselves.)
 */
public record Verify(Aws aws, Asked asked) {

  /**
   * What is read back.
   *
   * @param vpnSubnets those that the VPN instances are in
   * @param vpnInstances those that have the connection's NAT in force
   * @param vpn what of others stands in the way on the VPN instances
   * @param admitted what Admit has answered: whether people have heard of the connection
   * @param slips which slips in the groups' tags people were told of
   * @param freeze what is to be said of a freeze that it went through
   * @param status what the service VPC's tag for its team says
   */
  public record Asked(
      Connection connection,
      List<Cidr> vpnAddresses,
      List<String> vpnSubnets,
      List<String> vpnInstances,
      VpnSight vpn,
      AdmitAnswer.@Nullable Outcome admitted,
      String slips,
      String freeze,
      String status,
      String execution) {}

  /** What was read on both sides. */
  private record Seen(
      Complete<RouteTable> hubTables, Complete<RouteTable> tables, Openings openings) {}

  /** That it is connected, or what stands in the way. */
  public VerifyAnswer answer() {
    return Latest.admitted(asked.connection(), hub(), this::verified);
  }

  private VerifyAnswer verified() {
    Network inside = aws.inside(asked.connection().service(), asked.connection().peeringId());
    Seen seen = read(inside);
    checkThatAllIsThere(seen);
    List<Obstacle> obstacles = obstacles(seen, inside);
    VerifyAnswer answer =
        (asked.vpn().stopsClients() ? obstructed() : connected(obstacles)).with(slips(seen));
    new StatusTag(inside, asked.connection().service().vpc(), aws.log())
        .say(asked.status(), status());
    return answer;
  }

  private Status status() {
    PeeringId id = asked.connection().peeringId();
    return asked.vpn().stopsClients()
        ? Status.obstructed(aws.now(), id)
        : Status.connected(aws.now(), id, asked.connection().service().cidrs());
  }

  private Seen read(Network inside) {
    Connection connection = asked.connection();
    PeeringId id = connection.peeringId();
    return new Seen(
        hub().routeTables(connection.hub().vpc()),
        inside.routeTables(connection.service().vpc()),
        Openings.readBack(
            inside,
            connection,
            aws.settings().ports(),
            asked.vpnAddresses(),
            aws.log(),
            () -> StillAdmitted.claim(connection, hub().peering(id))));
  }

  private void checkThatAllIsThere(Seen seen) {
    PeeringId id = asked.connection().peeringId();
    List<Cidr> service = asked.connection().service().cidrs();
    List<Cidr> hub = asked.connection().hub().cidrs();
    List<String> findings = new ArrayList<>(Verification.routes(seen.hubTables(), service, id));
    findings.addAll(Verification.routes(seen.tables(), hub, id));
    seen.openings().missing().forEach(missing -> findings.add("not there: " + missing));
    if (!findings.isEmpty()) {
      throw new Drifted(
          id,
          String.join("; ", findings)
              + ". Somebody changed it meanwhile: start connect again with this peering id.");
    }
    List<String> blackholes =
        new ArrayList<>(Verification.blackholes(seen.hubTables(), service, id));
    blackholes.addAll(Verification.blackholes(seen.tables(), hub, id));
    if (!blackholes.isEmpty()) {
      throw new NotYetVisible(id + ": " + String.join("; ", blackholes));
    }
  }

  private List<Obstacle> obstacles(Seen seen, Network inside) {
    Connection connection = asked.connection();
    VpcSide service = connection.service();
    PeeringId id = connection.peeringId();
    Set<Port> ports = Obstacles.ports(aws.settings(), seen.openings().groups());
    List<Obstacle> obstacles =
        new ArrayList<>(
            Obstacles.ofHub(
                Obstructions.ofHub(hub(), connection.hub().vpc(), seen.hubTables()),
                asked.vpnSubnets(),
                service.cidrs(),
                ports,
                id));
    obstacles.addAll(
        Obstacles.ofService(
            Obstructions.ofService(inside, service.vpc(), seen.tables()),
            connection.hub().cidrs(),
            asked.vpnAddresses(),
            ports,
            id));
    return obstacles;
  }

  private @Nullable Notice slips(Seen seen) {
    Connection connection = asked.connection();
    Slips slips =
        SecurityGroupPlan.slips(
            seen.openings().groups(),
            connection.hub().vpc(),
            aws.settings().ports(),
            asked.vpnAddresses());
    String remembered = slips.remembered(asked.slips(), asked.execution());
    if (!remembered.equals(asked.slips())) {
      mark(Tags.SLIPS, remembered);
    }
    String news = slips.news(asked.slips(), asked.execution());
    return news.isEmpty() ? null : Notice.slips(connection, news);
  }

  // The mark is there before people are told, and goes before they are told that it is over: a run
  // that comes between tells nobody, and this one goes on from where it was.
  private VerifyAnswer obstructed() {
    Notice notice =
        FreezeNotice.through(Notice.obstructed(asked.connection(), asked.vpn()), asked.freeze());
    if (asked.admitted() != AdmitAnswer.Outcome.ADMITTED
        && asked.admitted() != AdmitAnswer.Outcome.ADMITTED_IN_PART) {
      return VerifyAnswer.of(VerifyAnswer.Outcome.STILL_OBSTRUCTED, notice);
    }
    mark(Tags.OBSTRUCTED, "vpn");
    return VerifyAnswer.of(VerifyAnswer.Outcome.OBSTRUCTED, notice);
  }

  private VerifyAnswer connected(List<Obstacle> obstacles) {
    if (asked.admitted() == AdmitAnswer.Outcome.OBSTRUCTED) {
      mark(Tags.OBSTRUCTED, "");
    }
    return VerifyAnswer.of(
        VerifyAnswer.Outcome.CONNECTED,
        FreezeNotice.through(
            Notice.connected(
                asked.connection(), asked.vpnInstances(), obstacles, asked.vpn().unpushed()),
            asked.freeze()));
  }

  private void mark(String tag, String value) {
    hub().ensureTagged(asked.connection().peeringId(), Map.of(tag, value));
  }

  private HubNetwork hub() {
    return aws.hub(asked.connection().peeringId());
  }
}
