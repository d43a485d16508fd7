package io.peerway.plan.events;

import io.peerway.model.AccountLook;
import io.peerway.model.error.MalformedEvent;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
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
  record Look(AccountLook look) implements AccountEvent {}

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
      case "CreateAccountResult" ->
          created(detail, AccountEvent::arrived, "createAccountStatus", "accountId");
      case "CreateManagedAccount" ->
          created(detail, AccountEvent::look, "createManagedAccountStatus", "account", "accountId");
      case "UpdateManagedAccount" ->
          look(detail, "serviceEventDetails", "updateManagedAccountStatus", "account", "accountId");
      case "CloseAccountResult" ->
          look(detail, "serviceEventDetails", "closeAccountStatus", "accountId");
      case "AccountJoinedOrganization" -> membership(detail, AccountEvent::arrived);
      case "AccountDepartedOrganization" -> membership(detail, AccountEvent::look);
      case "MoveAccount" -> arrived(detail, "requestParameters", "accountId");
      case "RemoveAccountFromOrganization", "CloseAccount" ->
          look(detail, "requestParameters", "accountId");
      default -> new Ignored("event " + printed(name) + " asks for nothing");
    };
  }

  // A failed creation has a reason and no account. People are told by a rule of the template.
  private static AccountEvent created(
      Map<String, ?> detail,
      BiFunction<Map<String, ?>, String[], AccountEvent> look,
      String status,
      String... account) {
    Object said = EventFields.at(detail, "serviceEventDetails", status);
    if (said instanceof Map<?, ?> of && "FAILED".equals(of.get("state"))) {
      Object reason = of.get("failureReason");
      return new Ignored(
          "the account was not created: " + printed(reason == null ? of.get("message") : reason));
    }
    List<String> path = new ArrayList<>(List.of("serviceEventDetails", status));
    path.addAll(List.of(account));
    return look.apply(detail, path.toArray(String[]::new));
  }

  // What AWS announced in May 2026 ("AWS Organizations emits CloudTrail events for account
  // membership changes") says that both account ids are in these events, not under which names. One
  // that is not understood must not fill the dead-letter queue at each creation of an account,
  // which
  // CreateAccountResult tells as well; the daily reconcile sees who left.
  private static AccountEvent membership(
      Map<String, ?> detail, BiFunction<Map<String, ?>, String[], AccountEvent> look) {
    for (String name : List.of("accountId", "memberAccountId")) {
      if (EventFields.at(detail, "serviceEventDetails", name) != null) {
        return look.apply(detail, new String[] {"serviceEventDetails", name});
      }
    }
    return new Ignored(
        "names no account that we can find: " + printed(detail.get("serviceEventDetails")));
  }

  private static AccountEvent look(Map<String, ?> detail, String... path) {
    return new Look(AccountLook.at(EventFields.parsed(detail, AccountId::new, path)));
  }

  // Control Tower creates accounts with CreateAccount and puts them into their units with
  // MoveAccount, which are events themselves: its own are no news of an arrival.
  private static AccountEvent arrived(Map<String, ?> detail, String... path) {
    return new Look(AccountLook.at(EventFields.parsed(detail, AccountId::new, path)).onArrival());
  }

  private static String printed(@Nullable Object value) {
    return Printable.shortened(Objects.toString(value, "(none)"));
  }
}
