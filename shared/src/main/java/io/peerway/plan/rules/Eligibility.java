package io.peerway.plan.rules;

import io.peerway.model.Membership;
import io.peerway.model.Membership.Member;
import io.peerway.model.Membership.Stranger;
import io.peerway.model.value.AccountId;
import io.peerway.plan.Settings;
import java.util.Optional;

/** Whether an account may have connections at all. */
public final class Eligibility {
  private Eligibility() {}

  /**
   * What people are told of an account that has just come and may not connect. One that lies in the
   * root is only on its way: Organizations creates every account there, and whoever creates it
   * moves it afterwards (Organizations API reference, "CreateAccount").
   */
  public static Optional<String> objectionOnArrival(
      AccountId account, Membership membership, Settings settings) {
    return isOnItsWay(membership, settings)
        ? Optional.empty()
        : objection(account, membership, settings);
  }

  private static boolean isOnItsWay(Membership membership, Settings settings) {
    return membership instanceof Member member
        && member.active()
        && member.organization().equals(settings.organizationId())
        && !member.parents().isEmpty()
        && Membership.isRoot(member.parents().getFirst());
  }

  /** What stands against the account, with both values, or empty. */
  public static Optional<String> objection(
      AccountId account, Membership membership, Settings settings) {
    return switch (membership) {
      case Stranger() ->
          Optional.of(
              "account "
                  + account
                  + " is not a member of organisation "
                  + settings.organizationId());
      case Member member when !member.organization().equals(settings.organizationId()) ->
          Optional.of(
              "account "
                  + account
                  + " belongs to organisation "
                  + member.organization()
                  + ", not to "
                  + settings.organizationId());
      case Member member when !member.active() ->
          Optional.of("account " + account + " is suspended or being closed");
      case Member member
          when !settings.allowedUnits().isEmpty()
              && settings.allowedUnits().stream().noneMatch(member.parents()::contains) ->
          Optional.of(
              "account "
                  + account
                  + " lies in "
                  + member.parents()
                  + ", none of the allowed units "
                  + settings.allowedUnits());
      case Member member -> Optional.empty();
    };
  }
}
