package io.peerway.functions;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.peerway.aws.AwsClients;
import io.peerway.model.AccountId;
import io.peerway.model.AccountLook;
import io.peerway.model.PeeringId;
import io.peerway.model.Workflows;
import io.peerway.plan.PeeringEvent;
import java.util.List;
import java.util.Map;

/** Starts a workflow where an event about VPCs and their peerings tells us to look. */
public final class PeeringEventHandler extends Trigger {
  private final AccountId hub;
  private final Workflows workflows;

  public PeeringEventHandler() {
    this(new AwsClients(System.getenv()));
  }

  private PeeringEventHandler(AwsClients aws) {
    this(aws.hubAccount(), aws.workflows("CONNECT_ARN", "DISCONNECT_ARN", "ONBOARD_ACCOUNT_ARN"));
  }

  PeeringEventHandler(AccountId hub, Workflows workflows) {
    this.hub = hub;
    this.workflows = workflows;
  }

  @Override
  Map<String, String> answer(ScheduledEvent event) {
    return switch (PeeringEvent.of(
        event.getSource(), event.getDetailType(), event.getAccount(), event.getDetail(), hub)) {
      case PeeringEvent.Look(List<PeeringId> at) ->
          started(event, "connect", at, workflows::startConnect);
      case PeeringEvent.Ended(PeeringId at) ->
          started(event, "disconnect", List.of(at), workflows::startDisconnect);
      case PeeringEvent.LookAtAccount(AccountLook look) -> onboard(event, look, workflows);
      case PeeringEvent.Ignored(String reason) -> ignored(reason);
    };
  }
}
