package io.peerway.plan.rules;

import io.peerway.model.Parties;
import io.peerway.model.network.Peering;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import java.util.Optional;

/**
 * One account must not use up what all share: a hub VPC has 50 active peering connections unless
 * AWS raises that, and at most 125 (VPC user guide, "Amazon VPC quotas"). What is connected already
 * stays, whatever the limit.
 */
final class RoomForAccount implements AdmissionRule {
  @Override
  public Optional<Refusal> refusal(AdmissionFacts facts, Settings settings) {
    Peering own = facts.peering();
    if (own.status().isAccepted()) {
      return Optional.empty();
    }
    AccountId account = facts.connection().service().account();
    VpcId hub = facts.connection().hub().vpc();
    long before =
        facts.others().items().stream()
            .filter(other -> other.joins(hub))
            .filter(other -> Parties.service(other, hub).account().equals(account))
            .filter(other -> comesBefore(other, own))
            .count();
    return before < settings.vpcsPerAccount()
        ? Optional.empty()
        : refuse(
            "account "
                + account
                + " has "
                + before
                + " connections and earlier requests already, at most "
                + settings.vpcsPerAccount()
                + " are allowed");
  }

  // Of requests that are decided side by side, not each must find all others without a claim. None
  // comes before itself.
  private static boolean comesBefore(Peering other, Peering own) {
    if (other.status().isAccepted()) {
      return true;
    }
    return other.isClaimed() == own.isClaimed()
        ? other.id().compareTo(own.id()) < 0
        : other.isClaimed();
  }
}
