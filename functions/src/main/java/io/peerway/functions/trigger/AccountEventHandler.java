package io.peerway.functions.trigger;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.peerway.aws.AwsClients;
import io.peerway.model.AccountLook;
import io.peerway.model.port.Workflows;
import io.peerway.plan.events.AccountEvent;
import java.util.Map;

/**
 * Starts {@code onboard-account} for the account that an event of Organizations or Control Tower
 * tells us to look at.
 */
public final class AccountEventHandler extends Trigger {
  private final Workflows workflows;

  public AccountEventHandler() {
    this(new AwsClients(System.getenv()).workflows("ONBOARD_ACCOUNT_ARN"));
  }

  public AccountEventHandler(Workflows workflows) {
    this.workflows = workflows;
  }

  @Override
  Map<String, String> answer(ScheduledEvent event) {
    return switch (AccountEvent.of(event.getSource(), event.getDetail())) {
      case AccountEvent.Look(AccountLook look) -> onboard(event, look, workflows);
      case AccountEvent.Ignored(String reason) -> ignored(reason);
    };
  }
}
