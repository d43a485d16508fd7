package io.peerway.plan.events;

import io.peerway.model.AccountLook;
import io.peerway.model.error.MalformedEvent;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whose event it is, and where to look where it does not say.
 *
 * @param said the account that the envelope names
 * @param hub the hub account
 */
record EventOrigin(@Nullable String said, AccountId hub) {

  /**
   * The account.
   *
   * @throws MalformedEvent where it is none
   */
  AccountId account() {
    try {
      return new AccountId(Objects.requireNonNullElse(said, "(none)"));
    } catch (IllegalArgumentException e) {
      throw new MalformedEvent("account of the event: " + e.getMessage());
    }
  }

  /** What an event about a peering connection asks for. */
  VpcEvent about(Map<String, ?> detail, Function<PeeringId, VpcEvent> event, String... path) {
    return EventFields.found(detail, PeeringId::new, path)
        .map(event)
        .orElseGet(() -> unreadable("detail." + String.join(".", path)));
  }

  /** A look at the account because of a VPC, or at all of it where the event names none. */
  VpcEvent with(Optional<VpcId> vpc, BiFunction<AccountLook, VpcId, AccountLook> because) {
    AccountLook look = AccountLook.afterEvent(account());
    return new VpcEvent.LookAtAccount(
        vpc.map(id -> because.apply(look, id)).orElseGet(look::atEveryConnection));
  }

  /**
   * A look at all of the account: the event says that something has changed there, and not what.
   *
   * @throws MalformedEvent where it is the hub's own, which has no VPC to be connected
   */
  VpcEvent unreadable(String field) {
    if (account().equals(hub)) {
      throw new MalformedEvent(
          field + " of the hub account's event is missing, or has another form");
    }
    return with(Optional.empty(), AccountLook::because);
  }
}
