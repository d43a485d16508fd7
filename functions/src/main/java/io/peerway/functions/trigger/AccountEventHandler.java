package io.peerway.functions.trigger;

import static io.peerway.aws.AwsPorts.Need.LOOK_AT_ACCOUNT;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.peerway.functions.OnLambda;
import io.peerway.model.AccountLook;
import io.peerway.plan.Aws;
import io.peerway.plan.events.AccountEvent;
import java.util.Map;

/**
 * Starts {@code look-at-account} for the account that an event of Organizations or Control Tower
 * tells us to look at.
 */
public final class AccountEventHandler extends Trigger {

  public AccountEventHandler() {
    this(OnLambda.aws(LOOK_AT_ACCOUNT));
  }

  public AccountEventHandler(Aws aws) {
    super(aws);
  }

  @Override
  Map<String, String> answer(ScheduledEvent event) {
    return switch (AccountEvent.of(event.getSource(), event.getDetail())) {
      case AccountEvent.Look(AccountLook look) -> look(event, look);
      case AccountEvent.Ignored(String reason) -> ignored(reason);
    };
  }
}
