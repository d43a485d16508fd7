package io.peerway.plan;

import io.peerway.model.AccountId;
import io.peerway.model.Printable;
import io.peerway.model.error.MalformedEvent;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which account an event of AWS Organizations or Control Tower tells us to look at. Whether it came
 * or went is read afterwards.
 *
 * <p>Shapes: Organizations user guide, "Logging and monitoring"; Control Tower user guide,
 * "Lifecycle events".
 */
public sealed interface AccountEvent {
  /** Look at this account. */
  record Look(AccountId at) implements AccountEvent {}

  /** Nothing to look at. */
  record Ignored(String reason) implements AccountEvent {}

  /**
   * Reads one event.
   *
   * @throws MalformedEvent where a field that this kind of event has is missing or has another form
   */
  static AccountEvent of(@Nullable String source, @Nullable Map<String, ?> detail) {
    if (!"aws.organizations".equals(source) && !"aws.controltower".equals(source)) {
      return new Ignored("not about accounts: source " + printed(source));
    }
    if (detail == null) {
      throw new MalformedEvent("an event about accounts without detail");
    }
    if (detail.get("errorCode") != null) {
      return new Ignored("the API call failed: " + printed(detail.get("errorCode")));
    }
    String name = Objects.toString(detail.get("eventName"), "");
    return switch (name) {
      case "CreateAccountResult" -> created(detail);
      case "CreateManagedAccount" ->
          look(detail, "serviceEventDetails", "createManagedAccountStatus", "account", "accountId");
      case "UpdateManagedAccount" ->
          look(detail, "serviceEventDetails", "updateManagedAccountStatus", "account", "accountId");
      case "CloseAccountResult" ->
          look(detail, "serviceEventDetails", "closeAccountStatus", "accountId");
      case "AccountJoinedOrganization", "AccountDepartedOrganization" ->
          look(detail, "serviceEventDetails", "accountId");
      case "MoveAccount", "RemoveAccountFromOrganization", "CloseAccount" ->
          look(detail, "requestParameters", "accountId");
      default -> new Ignored("event " + printed(name) + " asks for nothing");
    };
  }

  // A failed creation has a reason and no account.
  private static AccountEvent created(Map<String, ?> detail) {
    Object state = EventFields.at(detail, "serviceEventDetails", "createAccountStatus", "state");
    if ("FAILED".equals(state)) {
      return new Ignored(
          "the account was not created: "
              + printed(
                  EventFields.at(
                      detail, "serviceEventDetails", "createAccountStatus", "failureReason")));
    }
    return look(detail, "serviceEventDetails", "createAccountStatus", "accountId");
  }

  private static AccountEvent look(Map<String, ?> detail, String... path) {
    return new Look(EventFields.parsed(detail, AccountId::new, path));
  }

  private static String printed(@Nullable Object value) {
    return Printable.shortened(Objects.toString(value, "(none)"));
  }
}
