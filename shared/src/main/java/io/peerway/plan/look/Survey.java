package io.peerway.plan.look;

import io.peerway.model.AccountLook;
import io.peerway.model.Membership;
import io.peerway.model.Parties;
import io.peerway.model.Start;
import io.peerway.model.Todo;
import io.peerway.model.VpnInstance;
import io.peerway.model.error.NotYetOpen;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.freeze.Beginning;
import io.peerway.model.freeze.Freezes;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RegionalVpc;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Place;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Aws;
import io.peerway.plan.account.AccountNeeds;
import io.peerway.plan.account.AccountNotice;
import io.peerway.plan.account.AccountPlan;
import io.peerway.plan.account.RoleWait;
import io.peerway.plan.account.StatusChange;
import io.peerway.plan.account.TaggedStatus;
import io.peerway.plan.admission.Waiting;
import io.peerway.plan.notices.Notice;
import io.peerway.plan.reconcile.ChangesInside;
import io.peerway.plan.rules.Eligibility;
import io.peerway.plan.sight.AccountSight;
import io.peerway.plan.sight.HubSight;
import io.peerway.plan.sight.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads what an account has and wants, and says what is to be done for it. It changes nothing
 * itself, but for notes on peering connections, and tags that tell a team why nothing comes of its
 * VPC.
 *
 * @param attempt how often its role could not be assumed yet
 * @param beginning how the look has begun: what it starts stands to freezes as it does
 */
public record Survey(Aws aws, AccountLook look, int attempt, Beginning beginning) {

  /** What is to be done. */
  public SurveyAnswer answer() {
    return surveyed().handing(beginning.stands());
  }

  private SurveyAnswer surveyed() {
    AccountId account = look.accountId();
    Membership membership = aws.membership(account, account);
    HubNetwork network = aws.hub(account);
    Complete<Peering> live = network.livePeerings();
    Vpc hubVpc = aws.hubVpc(network);
    AccountPlan plan = new AccountPlan(aws.settings(), account, membership, hubVpc, live);
    Optional<String> objection = Eligibility.objection(account, membership, aws.settings());
    AccountNeeds needs =
        look.deleted().isEmpty()
            ? AccountNeeds.NONE
            : plan.afterTheEndOf(look::sawTheEndOf, network.endedAdmitted());
    if (objection.isPresent() && !mayBeEntered(membership)) {
      return ready(needs.and(plan.planUnseen(objection.get())), membership);
    }
    Function<Region, Network> inside = aws.services().networks(account, account);
    return switch (Reading.of(() -> vpcs(inside))) {
      case Reading.Closed<AccountSight>(PeerwayException failure) -> {
        AccountNeeds unseen =
            needs.and(plan.planUnseen(objection.orElse(String.valueOf(failure.getMessage()))));
        yield objection.isPresent() || !unseen.areNone()
            ? ready(unseen, membership)
            : later(failure);
      }
      case Reading.Read<AccountSight>(AccountSight sight)
          when RoleWait.mayOpenYet(look, sight, attempt) ->
          later(RoleWait.next(look, attempt));
      case Reading.Read<AccountSight>(AccountSight sight) -> {
        note(plan.inTheWay(sight), network);
        AccountNeeds seen =
            new HeldUpDeletions(aws, look, network, inside)
                .letGo(
                    sight,
                    live,
                    needs.and(plan.plan(sight)).and(plan.absent(sight, look.tagged())));
        tell(sight, seen, live, inside);
        if (objection.isPresent() || !ChangesInside.concern(look)) {
          yield ready(seen, membership);
        }
        HubSight hub =
            new HubSight(
                hubVpc, VpnInstance.addresses(network.vpnInstances(hubVpc.id())), live.items());
        yield ready(seen.and(changes(hub, sight, membership, seen)), membership);
      }
    };
  }

  private AccountSight vpcs(Function<Region, Network> inside) {
    return AccountSight.ofVpcs(aws.settings().regions(), region -> inside.apply(region).vpcs());
  }

  private void note(List<Peering> inTheWay, HubNetwork hub) {
    for (Peering peering : inTheWay) {
      Waiting.note(peering, look.accountId())
          .ifPresent(accounts -> hub.ensureTagged(peering.id(), Map.of(Tags.WANTED_BY, accounts)));
    }
  }

  // Of one that has a peering connection, connect and disconnect tell.
  private void tell(
      AccountSight sight,
      AccountNeeds needs,
      Complete<Peering> live,
      Function<Region, Network> inside) {
    VpcId hub = aws.settings().hubVpc();
    List<StatusChange> changes =
        sight.vpcs().stream()
            .filter(seen -> seen.vpc().owner().equals(look.accountId()))
            .filter(seen -> Parties.between(seen.vpc().id(), hub, live).isEmpty())
            .flatMap(seen -> TaggedStatus.of(seen, needs).stream())
            .toList();
    StatusChange.due(changes).forEach(change -> change.made(inside, aws.log()));
  }

  // What is gone through anyway needs no other reason.
  private AccountNeeds changes(
      HubSight hub, AccountSight listed, Membership membership, AccountNeeds before) {
    Set<Place> busy = before.starts().stream().map(Start::at).collect(Collectors.toSet());
    ChangesInside changes = new ChangesInside(aws.settings(), look, hub, busy, aws.now());
    Function<Region, Network> inside = aws.services().networks(look.accountId(), look.accountId());
    AccountSight sight =
        AccountSight.of(
            changes.regions(),
            region ->
                Reading.of(
                    () -> inside(inside.apply(region), region, changes.vpcs(region), listed)));
    return AccountNeeds.of(changes.starts(sight, membership));
  }

  private static AccountSight.Seen inside(
      Network network, Region region, Set<VpcId> vpcs, AccountSight listed) {
    return new AccountSight.Seen(
        region,
        Optional.of(
            new Complete<>(
                listed.vpcs().stream()
                    .filter(seen -> seen.region().equals(region))
                    .map(RegionalVpc::vpc)
                    .toList())),
        network.routeTablesOf(vpcs),
        network.securityGroupsOf(vpcs));
  }

  // Of an account that lies in another unit, the tagged VPCs are read all the same: their people
  // are told why nothing comes of the tag. A stranger's or a closed account has no role for us.
  private boolean mayBeEntered(Membership membership) {
    return membership instanceof Membership.Member member
        && member.active()
        && member.organization().equals(aws.settings().organizationId());
  }

  private SurveyAnswer ready(AccountNeeds needs, Membership membership) {
    AccountId account = look.accountId();
    Optional<String> objection = Eligibility.objection(account, membership, aws.settings());
    aws.say(
        "%s: %s%s".formatted(account, needs, objection.map(reason -> ", " + reason).orElse("")));
    // Of an account that comes and is connected to nothing, people hear once why.
    Optional<Notice> arrival =
        Eligibility.objectionOnArrival(account, membership, aws.settings())
            .filter(reason -> look.arrived() && needs.areNone())
            .map(reason -> AccountNotice.mayNotConnect(account, reason));
    return SurveyAnswer.ready(
        0,
        Todo.ofAccount(needs.starts()),
        AccountNotice.refusals(look, needs.leftAlone()).or(() -> arrival).orElse(null));
  }

  private SurveyAnswer later(PeerwayException why) {
    return later(
        why instanceof NotYetOpen closed
            ? RoleWait.next(look, attempt, closed)
            : RoleWait.next(look, attempt));
  }

  private SurveyAnswer later(RoleWait.Next next) {
    return switch (next) {
      case RoleWait.Next.LookAgain(int seconds) ->
          new SurveyAnswer(
              SurveyAnswer.State.WAIT, attempt + 1, seconds, List.of(), null, Freezes.HEED);
      case RoleWait.Next.Tell(Notice notice) ->
          new SurveyAnswer(SurveyAnswer.State.GAVE_UP, attempt, 0, List.of(), notice, Freezes.HEED);
      case RoleWait.Next.Leave() -> {
        aws.say(look.accountId() + " has lost its role; reconcile lists it");
        yield SurveyAnswer.ready(attempt, List.of(), null);
      }
    };
  }
}
