package io.peerway.plan;

import io.peerway.model.AccountId;
import io.peerway.model.Membership.Member;
import io.peerway.model.Membership.Stranger;
import java.util.Optional;

/**
 * Anyone on AWS can send a peering request; only accounts of the organisation, in an allowed unit,
 * get in.
 */
final class RequesterInOrganisation implements AdmissionRule {
  @Override
  public Optional<Refusal> refusal(AdmissionFacts facts, Settings settings) {
    AccountId account = facts.connection().service().account();
    return switch (facts.membership()) {
      case Stranger() ->
          refuse(
              "account "
                  + account
                  + " is not a member of organisation "
                  + settings.organizationId());
      case Member member when !member.organization().equals(settings.organizationId()) ->
          refuse(
              "account "
                  + account
                  + " belongs to organisation "
                  + member.organization()
                  + ", not to "
                  + settings.organizationId());
      case Member member when !member.active() ->
          refuse("account " + account + " is suspended or being closed");
      case Member member
          when !settings.allowedUnits().isEmpty()
              && settings.allowedUnits().stream().noneMatch(member.parents()::contains) ->
          refuse(
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
