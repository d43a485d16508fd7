package io.peerway.plan.notices;

import io.peerway.model.Connection;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import io.peerway.plan.nat.VpnSight;
import io.peerway.plan.network.Obstacle;
import io.peerway.plan.rules.Refusal;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What people are told: the detail of one event on the hub bus, from which a mail and a chat
 * message are made. Its form is that of docs/notification.schema.json.
 *
 * @param version of that form
 * @param outcome in a word or two, by which people filter
 * @param account the service accounts that it is about, by which teams filter
 * @param peeringId where it is about one connection, as {@code region}, {@code vpc} and {@code
 *     cidrs}
 * @param cidrs those that are connected, or asked for
 * @param rule that has refused it
 * @param reason of that rule, with both values
 * @param subject at most 100 ASCII characters (SNS API reference, "Publish")
 * @param message in words, for people
 */
public record Notice(
    String version,
    String outcome,
    @Nullable List<AccountId> account,
    @Nullable Region region,
    @Nullable VpcId vpc,
    @Nullable PeeringId peeringId,
    @Nullable List<Cidr> cidrs,
    @Nullable String rule,
    @Nullable String reason,
    String subject,
    String message) {
  private static final String VERSION = "1";

  /** About accounts, or about no one of them. */
  public static Notice of(
      String outcome, List<AccountId> accounts, String subject, String message) {
    return new Notice(
        VERSION,
        outcome,
        accounts.isEmpty() ? null : List.copyOf(accounts),
        null,
        null,
        null,
        null,
        null,
        null,
        subject,
        message);
  }

  /**
   * About one connection, or request.
   *
   * @param service null where EC2 does not know it any more
   */
  static Notice of(
      String outcome,
      PeeringId peering,
      @Nullable VpcSide service,
      String subject,
      String message) {
    return new Notice(
        VERSION,
        outcome,
        service == null ? null : List.of(service.account()),
        service == null ? null : service.region(),
        service == null ? null : service.vpc(),
        peering,
        service == null || service.cidrs().isEmpty() ? null : service.cidrs(),
        null,
        null,
        subject,
        message);
  }

  private static Notice of(String outcome, Connection connection, String subject, String message) {
    return of(outcome, connection.peeringId(), connection.service(), subject, message);
  }

  private Notice by(Refusal refusal) {
    return with(refusal.rule(), refusal.reason(), message);
  }

  /** The same with another paragraph. */
  Notice and(String paragraph) {
    return with(rule, reason, message + "\n\n" + paragraph);
  }

  private Notice with(@Nullable String by, @Nullable String why, String text) {
    return new Notice(
        version, outcome, account, region, vpc, peeringId, cidrs, by, why, subject, text);
  }

  /**
   * Connected: what can be reached now, and from where.
   *
   * @param obstacles what others have in the way of a part of it
   * @param unpushed networks of it that OpenVPN does not tell clients of
   */
  public static Notice connected(
      Connection connection,
      List<String> vpnInstances,
      List<Obstacle> obstacles,
      List<String> unpushed) {
    var service = connection.service();
    return of(
        "connected",
        connection,
        "Peerway: "
            + connection.peeringId()
            + (obstacles.isEmpty() ? " connected" : " connected, but not reachable everywhere"),
        "Service VPC %s (account %s, %s) is connected through %s.%n"
                .formatted(
                    service.vpc(), service.account(), service.region(), connection.peeringId())
            + "VPN clients reach %s; they arrive with the address of a VPN instance (%s).%n"
                .formatted(
                    service.cidrs() + (obstacles.isEmpty() ? "" : ", except as said below"),
                    String.join(", ", vpnInstances))
            + "Instances open to the VPN are those in our security group peerway-%s and in groups tagged peerway:allow."
                .formatted(connection.hub().vpc())
            + paragraph("Not ours, left as it is, and in the way:", obstacles, true)
            + paragraph("Could not be read, and may be in the way:", obstacles, false)
            + paragraph("Clients have no route there yet:", unpushed));
  }

  /** All that is ours is in place, and something on a VPN instance lets no client through. */
  public static Notice obstructed(Connection connection, VpnSight vpn) {
    var service = connection.service();
    return of(
        "obstructed",
        connection,
        "Peerway: " + connection.peeringId() + " is in place, but VPN clients do not get through",
        "Of service VPC %s (account %s, %s) routes, security groups and NAT are in place through %s, but VPN clients cannot reach %s."
                .formatted(
                    service.vpc(),
                    service.account(),
                    service.region(),
                    connection.peeringId(),
                    service.cidrs())
            + paragraph("Not ours, left as it is, and in the way:", vpn.obstructed())
            + paragraph("Clients have no route there yet:", vpn.unpushed())
            + "\n\nWhen it is gone, reconcile notices within an hour, and you are told; or start connect with this peering id.");
  }

  /**
   * Slips in the tags of a service VPC's groups.
   *
   * @param lines what is wrong with each
   */
  public static Notice slips(Connection connection, String lines) {
    var service = connection.service();
    return of(
        "slip",
        connection,
        "Peerway: " + connection.peeringId() + " a tag that cannot be read whole",
        "In service VPC %s (account %s, %s), joined by %s, groups have a tag that says more than Peerway can do:%n%s.%nMend the tag; nothing else is needed."
            .formatted(
                service.vpc(), service.account(), service.region(), connection.peeringId(), lines));
  }

  private static String paragraph(String heading, List<String> lines) {
    return lines.isEmpty() ? "" : "\n\n" + heading + "\n" + String.join("\n", lines);
  }

  private static String paragraph(String heading, List<Obstacle> obstacles, boolean known) {
    List<Obstacle> these =
        obstacles.stream().filter(obstacle -> obstacle.isKnown() == known).toList();
    return these.isEmpty()
        ? ""
        : Obstacle.shortened(these).stream()
            .map(Obstacle::what)
            .collect(Collectors.joining("\n", "\n\n" + heading + "\n", ""));
  }

  /** A request that is admitted, and for which AWS's quotas of the hub VPC leave no room. */
  public static Notice noRoom(Connection connection, String why) {
    var service = connection.service();
    return of(
        "waiting",
        connection,
        "Peerway: " + connection.peeringId() + " waits for room",
        "The peering request %s of %s (account %s) with %s is admitted, and waits: %s.%n"
                .formatted(
                    connection.peeringId(), service.vpc(), service.account(), service.cidrs(), why)
            + "It was not accepted, because it could not be finished. End a connection, or have AWS"
            + " raise the quota (Service Quotas) and deploy the hub stack with the new value of the"
            + " parameter; it is taken up within ten minutes. AWS lets a request expire after seven"
            + " days.");
  }

  /**
   * Refused: the rule, both values, and what became of the request.
   *
   * @param service null where EC2 does not know the request any more
   */
  public static Notice refused(
      PeeringId peering, @Nullable VpcSide service, Refusal refusal, String whatHappened) {
    return of(
            "refused",
            peering,
            service,
            "Peerway: " + peering + " refused (" + refusal.rule() + ")",
            "The peering request %s is refused by rule %s:%n%s.%n%s"
                .formatted(peering, refusal.rule(), refusal.reason(), whatHappened))
        .by(refusal);
  }

  /** A connection that goes on without some of its VPC's CIDRs. */
  public static Notice leftOut(Connection connection, List<Cidr> leftOut, Refusal refusal) {
    return of(
            "refused",
            connection,
            "Peerway: " + connection.peeringId() + " CIDR refused (" + refusal.rule() + ")",
            "Service VPC %s has %s, refused by rule %s:%n%s.%nIt stays connected with %s."
                .formatted(
                    connection.service().vpc(),
                    leftOut,
                    refusal.rule(),
                    refusal.reason(),
                    connection.service().cidrs()))
        .by(refusal);
  }

  /**
   * Waiting: what a person has to do.
   *
   * @param service with what is to be approved
   */
  public static Notice waiting(PeeringId peering, VpcSide service) {
    return of(
        "waiting",
        peering,
        service,
        "Peerway: " + peering + " waits for approval",
        "The peering request %s with %s meets every rule. Tag it in the hub account with \"peerway:decision=approve %s\" or with peerway:decision=refuse; a request expires after 7 days."
            .formatted(peering, service.cidrs(), Cidr.text(service.cidrs())));
  }

  /**
   * What was not taken away in a service account.
   *
   * @param why in a word or two
   */
  public record Left(String what, String why) {
    /** Our group, which instances still have. */
    public static Left inUse() {
      return new Left("our security group", "still in use");
    }

    @Override
    public String toString() {
      return what + " (" + why + ")";
    }
  }

  /**
   * Disconnected: what ended, and why.
   *
   * @param left what may still be in the service account; nothing comes through it any more
   */
  public static Notice disconnected(Connection connection, String reason, List<Left> left) {
    return of(
        "disconnected",
        connection,
        "Peerway: " + connection.peeringId() + " disconnected",
        "Service VPC %s (account %s) is no longer connected: %s.%n"
                .formatted(connection.service().vpc(), connection.service().account(), reason)
            + "NAT, the hub's routes and the peering connection are gone%s"
                .formatted(
                    left.isEmpty()
                        ? ", in the service account its routes and our security group too."
                        : "; left in the service account, where they lead nowhere: "
                            + left.stream().map(Left::toString).collect(Collectors.joining(", "))
                            + ".%n".formatted()
                            + "The daily reconcile finds it, and in mode repair takes it away once the account lets us."));
  }
}
