package io.peerway.plan.disconnect;

import io.peerway.model.Parties;
import io.peerway.model.error.Denied;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.network.Peering;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.network.VpcSight;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Aws;
import io.peerway.plan.admission.Admission;
import io.peerway.plan.admission.Withdrawal;
import io.peerway.plan.freeze.Freeze;
import io.peerway.plan.freeze.FrozenNote;
import io.peerway.plan.freeze.Gate;
import io.peerway.plan.notices.FreezeNotice;
import io.peerway.plan.notices.Status;
import io.peerway.plan.notices.StatusTag;
import io.peerway.plan.rules.AdmissionFacts;
import io.peerway.plan.rules.Decision;
import io.peerway.plan.sight.Reading;
import java.util.List;
import java.util.Optional;

/**
 * Decides by our own reads whether a connection has to end, and withdraws the claim of one that
 * does.
 *
 * @param gate what a freeze lets it do
 */
public record Withdraw(Aws aws, PeeringId id, Gate gate) {

  /** What is to be done. */
  public WithdrawAnswer answer() {
    HubNetwork network = aws.hub(id);
    WithdrawAnswer answer =
        network
            .peering(id)
            .map(seen -> decided(network, seen))
            .orElseGet(() -> WithdrawAnswer.nothing(id + " is not shown by EC2 (any more)"));
    aws.say(answer.outcome() + ": " + answer.reason());
    return answer;
  }

  private WithdrawAnswer decided(HubNetwork network, Peering peering) {
    if (!peering.joins(hubVpc())) {
      return WithdrawAnswer.nothing(id + " is not a peering connection of the hub VPC");
    }
    Network inside = aws.inside(service(peering), id);
    Optional<String> reason =
        reason(network, peering, inside).or(() -> shutOut(network, peering, inside));
    // The tag was off when connect looked, and is on again.
    if (reason.isEmpty() && peering.status().isPending() && peering.isByTag()) {
      return WithdrawAnswer.wantedAgain(id + " waits to be accepted").in(unasked());
    }
    if (reason.isEmpty()) {
      return WithdrawAnswer.nothing(
          id + " is " + peering.status().code() + " and nothing stands against it");
    }
    Freeze freeze = freeze(network, peering);
    return freeze.holds()
        ? frozen(network, peering, reason.get(), freeze)
        : withdrawn(network, inside, peering, reason.get()).in(freeze);
  }

  // No packet passes through a request that is pending: to take it back changes nothing for
  // anybody.
  private Freeze freeze(HubNetwork network, Peering peering) {
    if (peering.status().isPending() || !aws.freezeCalendar().isSet()) {
      return unasked();
    }
    boolean urgent =
        Withdrawal.isUrgent(
            peering,
            () -> aws.hubVpc(network),
            () -> aws.membership(service(peering).account(), id),
            aws.settings());
    return urgent ? gate.urgent() : gate.freeze();
  }

  private Freeze unasked() {
    return Freeze.met(gate.unasked(), "");
  }

  private WithdrawAnswer frozen(HubNetwork network, Peering peering, String reason, Freeze freeze) {
    String waits = reason + "; " + freeze.words();
    return new FrozenNote(network, peering).isNew(aws.now(), freeze)
        ? WithdrawAnswer.frozen(
            waits,
            FreezeNotice.end(
                Parties.connection(peering, hubVpc(), List.of(), List.of()),
                reason,
                freeze.words()))
        : WithdrawAnswer.stillFrozen(waits);
  }

  private WithdrawAnswer withdrawn(
      HubNetwork network, Network inside, Peering peering, String reason) {
    boolean noted = !Decision.isRefused(peering) || isNoted(network, peering);
    // One whose claim was lost as well: what is not withdrawn is kept by every NAT set.
    if (peering.isClaimed() || peering.isUnclaimed()) {
      network.ensureWithdrawn(id);
      // Whoever looks from now on misses the claim and starts connect. Whoever looked just before
      // has seen it and was content: what they saw is read here.
      if (reason(network, peering, inside).isEmpty()) {
        return WithdrawAnswer.wantedAgain(id + " is wanted again");
      }
      // One that is over already may have a successor, whose own state the tag tells.
      if (peering.isLive()) {
        new StatusTag(inside, service(peering).vpc(), aws.log()).sayInPassing(Status.ending());
      }
    }
    return WithdrawAnswer.withdrawn(
        noted ? reason : reason + Decision.unnoted(service(peering).vpc(), hubVpc()),
        Parties.connection(peering, hubVpc(), List.of(), List.of()).withdrawn(),
        !peering.isClaimed());
  }

  // Whatever comes of it, the connection ends: the note only keeps its VPC from asking again.
  private boolean isNoted(HubNetwork network, Peering peering) {
    VpcId service = service(peering).vpc();
    return network.vpc(hubVpc()).filter(hub -> hub.hasRefused(service)).isPresent()
        || network.ensureRefused(hubVpc(), service, id);
  }

  private Optional<String> reason(HubNetwork network, Peering peering, Network inside) {
    return Withdrawal.reason(
        peering,
        () -> aws.hubVpc(network),
        () -> aws.membership(service(peering).account(), id),
        () -> sight(peering, inside),
        aws.settings());
  }

  // The reason it began to end for is gone, and it cannot be admitted again: without its claim, its
  // addresses may be another's by now.
  private Optional<String> shutOut(HubNetwork network, Peering peering, Network inside) {
    if (!Withdrawal.isHalfEnded(peering)
        || !(sight(peering, inside) instanceof VpcSight.Seen seen)) {
      return Optional.empty();
    }
    AdmissionFacts facts =
        AdmissionFacts.of(
            peering,
            aws.hubVpc(network),
            aws.membership(service(peering).account(), id),
            seen,
            network.livePeerings(),
            aws.settings());
    return Admission.decide(facts, aws.settings()) instanceof Admission.Outcome.Over(String why)
        ? Optional.of(why)
        : Optional.empty();
  }

  // Only the account's owner may keep us from looking: any other failure is thrown as it is.
  private VpcSight sight(Peering peering, Network inside) {
    VpcSide service = service(peering);
    return switch (Reading.of(() -> inside.vpc(service.vpc()))) {
      case Reading.Read<Optional<Vpc>>(Optional<Vpc> vpc) ->
          vpc.<VpcSight>map(VpcSight.Seen::new).orElseGet(VpcSight.Gone::new);
      case Reading.Closed<Optional<Vpc>>(PeerwayException owner)
          when Withdrawal.hangsOnVpc(peering) ->
          throw new Denied(Withdrawal.undecided(peering, service, owner.getMessage()), owner);
      case Reading.Closed<Optional<Vpc>>(PeerwayException owner) ->
          new VpcSight.Unknown(String.valueOf(owner.getMessage()));
    };
  }

  private VpcSide service(Peering peering) {
    return Parties.service(peering, hubVpc());
  }

  private VpcId hubVpc() {
    return aws.settings().hubVpc();
  }
}
