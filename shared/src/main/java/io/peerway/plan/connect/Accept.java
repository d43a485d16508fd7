package io.peerway.plan.connect;

import io.peerway.model.Connection;
import io.peerway.model.error.BlackholeRoute;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.network.Change;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Tags;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.RouteTableId;
import io.peerway.plan.Aws;
import io.peerway.plan.Settings;
import io.peerway.plan.admission.Claims;
import io.peerway.plan.admission.RoomInHub;
import io.peerway.plan.nat.NatPlan;
import io.peerway.plan.network.RoutePlan;
import io.peerway.plan.notices.Notice;
import io.peerway.plan.notices.Status;
import io.peerway.plan.notices.StatusTag;
import io.peerway.plan.rules.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Accepts an admitted request, unless another one has claimed the same addresses first, or the hub
 * VPC has no room for it. Asked again, it says how far things are.
 *
 * @param known the hub's route tables that had none of the routes when the request was accepted;
 *     none where that is not known
 */
public record Accept(Aws aws, Connection connection, List<RouteTableId> known) {
  private static final int ACTIVATION_SECONDS = 2;
  private static final int RIVAL_SECONDS = 15;

  /** Where it stands now. */
  public AcceptAnswer answer() {
    PeeringId id = connection.peeringId();
    HubNetwork network = aws.hub(id);
    Instant readAt = aws.now();
    Complete<Peering> live = network.livePeerings();
    Optional<Peering> own =
        live.items().stream().filter(peering -> peering.id().equals(id)).findFirst();
    return own.isPresent() ? weighed(own.get(), live, readAt) : unlisted(network.peering(id));
  }

  private AcceptAnswer weighed(Peering own, Complete<Peering> live, Instant readAt) {
    // Whoever reads claims must be sure that its own can be read by the others.
    if (!own.claim().containsAll(connection.service().cidrs())) {
      throw new NotYetVisible(
          own.id()
              + " does not show the claim "
              + connection.service().cidrs()
              + " but "
              + own.claim());
    }
    Settings settings = aws.settings();
    Claims.Verdict verdict = Claims.verdict(own, connection.hub().vpc(), live);
    aws.say(verdict.toString());
    return switch (verdict) {
      case Claims.Verdict.Free() when own.status() == PeeringStatus.ACTIVE ->
          AcceptAnswer.active(
              known, NatPlan.plan(live, settings.hubVpc(), settings.clientPool(), readAt));
      case Claims.Verdict.Free() when own.status().isPending() -> withRoom(own, live);
      case Claims.Verdict.Free() -> AcceptAnswer.pending(ACTIVATION_SECONDS, known);
      case Claims.Verdict.Wait(PeeringId rival) -> AcceptAnswer.pending(RIVAL_SECONDS, List.of());
      case Claims.Verdict.Lost(Refusal refusal) -> {
        say(Status.refused(refusal));
        yield AcceptAnswer.refused(refusal);
      }
    };
  }

  private AcceptAnswer withRoom(Peering own, Complete<Peering> live) {
    HubNetwork network = aws.hub(own.id());
    Complete<RouteTable> tables = network.routeTables(aws.settings().hubVpc());
    List<RouteTableId> untouched = untouched(tables);
    RoomInHub.Verdict verdict = RoomInHub.verdict(own, live, tables, aws.settings());
    aws.say(verdict.toString());
    boolean toldToWait = !own.waitsForRoom().isEmpty();
    return switch (verdict) {
      case RoomInHub.Verdict.Room() -> {
        if (toldToWait) {
          network.ensureTagged(own.id(), Map.of(Tags.WAITS_FOR, ""));
        }
        accepter().ensureAccepted(own.id());
        yield AcceptAnswer.pending(ACTIVATION_SECONDS, untouched);
      }
      case RoomInHub.Verdict.Wait(PeeringId rival) ->
          AcceptAnswer.pending(RIVAL_SECONDS, List.of());
      case RoomInHub.Verdict.Full(String why) -> {
        // As long as the claim is there: without it nobody comes back here.
        say(Status.waiting(Status.WaitsFor.ROOM));
        network.ensureTagged(
            own.id(), Map.of(Tags.CIDRS, "", Tags.WAITS_FOR, Cidr.text(own.claim())));
        yield AcceptAnswer.full(toldToWait ? null : Notice.noRoom(connection, why));
      }
    };
  }

  // What the tag says now nobody knows here: Admit may have written it a moment ago.
  private void say(Status status) {
    VpcSide service = connection.service();
    new StatusTag(aws.inside(service, connection.peeringId()), service.vpc(), aws.log())
        .say("", status);
  }

  // A route of others stays in the way; that of a peering connection that is gone goes with its
  // disconnect, and HubRoutes waits for it.
  private List<RouteTableId> untouched(Complete<RouteTable> tables) {
    List<Cidr> destinations = connection.service().cidrs();
    try {
      List<Change> routes = RoutePlan.plan(tables, destinations, connection.peeringId());
      return RoutePlan.untouched(tables, routes, destinations);
    } catch (BlackholeRoute passing) {
      return List.of();
    }
  }

  // A listing may lag behind what was read by id a moment ago.
  private AcceptAnswer unlisted(Optional<Peering> own) {
    return own.filter(Peering::isLive).isPresent()
        ? AcceptAnswer.pending(ACTIVATION_SECONDS, known)
        : AcceptAnswer.gone();
  }

  private Network accepter() {
    return switch (connection.accepter()) {
      case HUB -> aws.hub(connection.peeringId());
      case SERVICE -> aws.inside(connection.service(), connection.peeringId());
    };
  }
}
