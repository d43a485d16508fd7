package io.peerway.plan.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.Membership;
import io.peerway.model.Start;
import io.peerway.model.Start.Connect;
import io.peerway.model.Start.Disconnect;
import io.peerway.model.Start.Request;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.account.LeftAlone.LeaveRegion;
import io.peerway.plan.account.LeftAlone.Refuse;
import io.peerway.plan.rules.Decision;
import io.peerway.plan.sight.AccountSight;
import io.peerway.testing.FakeOrganization;
import io.peerway.testing.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Accounts with VPCs and peerings in any state, some of them of other accounts. */
@Label("An account plan")
class AccountPlanProperties {

  private static final int VPCS = 6;

  /** What the organisation, the account and the hub show. */
  private record State(Membership membership, Map<VpcId, Vpc> vpcs, Map<PeeringId, Peering> live) {}

  @Property
  @Label("whose actions are carried out comes to rest: what is left are refusals")
  void comes_to_rest(@ForAll("states") State state, @ForAll("settings") Settings settings) {
    State second = carriedOut(plan(state, settings), state);
    State third = carriedOut(plan(second, settings), second);
    assertThat(plan(third, settings)).allMatch(Refuse.class::isInstance);
  }

  // Addresses become free where a connection ends or gives them up: a VPC that has them as well is
  // asked for at the next look.
  @Property
  @Label(
      "where no connection has to end or change is carried out at once: a second plan is refusals only")
  void a_second_plan_is_empty(
      @ForAll("states") State state, @ForAll("settings") Settings settings) {
    List<Object> plan = plan(state, settings);
    if (plan.stream()
        .noneMatch(action -> action instanceof Disconnect || action instanceof Connect)) {
      assertThat(plan(carriedOut(plan, state), settings)).allMatch(Refuse.class::isInstance);
    }
  }

  @Property
  @Label("does one thing for each VPC and each peering, never asks twice, never too often")
  void one_thing_for_each(@ForAll("states") State state, @ForAll("settings") Settings settings) {
    List<Object> plan = plan(state, settings);
    List<Object> subjects = plan.stream().map(AccountPlanProperties::subject).toList();
    assertThat(subjects).doesNotHaveDuplicates();
    long asked = plan.stream().filter(Request.class::isInstance).count();
    assertThat(asked)
        .isLessThanOrEqualTo(Math.max(0, settings.vpcsPerAccount() - own(state).size()));
    for (Peering peering : own(state)) {
      assertThat(subjects).doesNotContain(peering.requester().vpc());
    }
  }

  @Property
  @Label("never touches a peering of another account")
  void other_accounts_are_left_alone(
      @ForAll("states") State state, @ForAll("settings") Settings settings) {
    List<PeeringId> own = own(state).stream().map(Peering::id).toList();
    assertThat(plan(state, settings))
        .map(AccountPlanProperties::subject)
        .filteredOn(PeeringId.class::isInstance)
        .allMatch(own::contains);
  }

  @Property
  @Label("of an account that cannot be entered ends only what a seen account would lose as well")
  void the_unseen_is_not_ended(
      @ForAll("states") State state, @ForAll("settings") Settings settings) {
    List<Start> unseen = of(state, settings).planUnseen("no role").starts();
    assertThat(unseen).allMatch(Disconnect.class::isInstance);
    assertThat(plan(state, settings)).containsAll(unseen);
  }

  @Property
  @Label("ends nothing that people accepted and nobody let in, unless a person refuses it")
  void the_hand_made_is_left(@ForAll("states") State state, @ForAll("settings") Settings settings) {
    List<Object> actions = new ArrayList<>(plan(state, settings));
    actions.addAll(of(state, settings).planUnseen("no role").starts());
    for (Object action : actions) {
      if (action instanceof Disconnect(var account, PeeringId id, String reason, var urgent)) {
        Peering ended = state.live().get(id);
        assertThat(ended.status().isPending() || ended.wasLetIn() || Decision.isRefused(ended))
            .isTrue();
      }
    }
  }

  private static AccountPlan of(State state, Settings settings) {
    return new AccountPlan(
        settings,
        Samples.SERVICE_ACCOUNT,
        state.membership(),
        Samples.hubVpc(),
        new Complete<>(List.copyOf(state.live().values())));
  }

  private static List<Object> plan(State state, Settings settings) {
    AccountNeeds needs =
        of(state, settings)
            .plan(
                new AccountSight(
                    List.of(
                        new AccountSight.Seen(
                            Samples.REGION, new Complete<>(List.copyOf(state.vpcs().values()))))));
    return Stream.concat(needs.starts().stream(), needs.leftAlone().stream())
        .<Object>map(each -> each)
        .toList();
  }

  private static List<Peering> own(State state) {
    return state.live().values().stream()
        .filter(peering -> peering.requester().account().equals(Samples.SERVICE_ACCOUNT))
        .toList();
  }

  private static Object subject(Object action) {
    return switch (action) {
      case Start start -> start.at();
      case Refuse refuse -> refuse.vpc();
      case LeaveRegion leave -> leave.region();
      default -> throw new AssertionError(action);
    };
  }

  /** What the workflows make of the actions. */
  private static State carriedOut(List<Object> actions, State before) {
    Map<PeeringId, Peering> live = new LinkedHashMap<>(before.live());
    for (Object action : actions) {
      switch (action) {
        case Request(var account, var region, VpcId vpc, String reason) -> {
          PeeringId id = new PeeringId("pcx-" + vpc.value().substring(4).replace('0', 'a'));
          Peering asked = peering(id, Samples.SERVICE_ACCOUNT, vpc, PeeringStatus.ACTIVE, Map.of());
          live.put(id, connected(asked, before.vpcs().get(vpc)));
        }
        case Connect(var account, PeeringId id, String reason) ->
            live.computeIfPresent(
                id,
                (same, peering) ->
                    connected(peering, before.vpcs().get(peering.requester().vpc())));
        case Disconnect(var account, PeeringId id, String reason, var urgent) -> live.remove(id);
        case Refuse refuse -> {}
        case LeaveRegion leave -> {}
        default -> throw new AssertionError(action);
      }
    }
    return new State(before.membership(), before.vpcs(), live);
  }

  private static Peering connected(Peering peering, Vpc vpc) {
    Map<String, String> tags = new HashMap<>(peering.tags());
    tags.put(Tags.CIDRS, Cidr.text(vpc.cidrs()));
    if (vpc.wantsConnection()) {
      tags.put(Tags.BY, "tag");
    }
    return new Peering(
        peering.id(), PeeringStatus.ACTIVE, peering.requester(), peering.accepter(), tags);
  }

  private static Peering peering(
      PeeringId id, AccountId account, VpcId vpc, PeeringStatus status, Map<String, String> tags) {
    return new Peering(
        id, status, new VpcSide(account, Samples.REGION, vpc, List.of()), Samples.hubSide(), tags);
  }

  private static VpcId vpcId(int n) {
    return new VpcId("vpc-0000000" + n);
  }

  @Provide
  Arbitrary<Settings> settings() {
    return Arbitraries.of("1", "3", "10").map(limit -> Samples.settings("VPCS_PER_ACCOUNT", limit));
  }

  @Provide
  Arbitrary<State> states() {
    Arbitrary<Membership> memberships =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(6, Arbitraries.of(FakeOrganization.member(true))),
            net.jqwik.api.Tuple.of(
                1, Arbitraries.of(new Membership.Stranger(), FakeOrganization.member(false))));
    return Combinators.combine(
            memberships, vpc().list().ofSize(VPCS), peering().list().ofSize(VPCS))
        .as(AccountPlanProperties::state);
  }

  // Each VPC is there or not, and has a live peering or not: EC2 allows one between two VPCs.
  private static State state(
      Membership membership, List<Optional<Vpc>> vpcs, List<Optional<Peering>> peerings) {
    Map<VpcId, Vpc> there = new LinkedHashMap<>();
    Map<PeeringId, Peering> live = new LinkedHashMap<>();
    for (int n = 0; n < VPCS; n++) {
      VpcId id = vpcId(n);
      PeeringId pcx = new PeeringId("pcx-0000000" + n);
      vpcs.get(n)
          .ifPresent(vpc -> there.put(id, new Vpc(id, vpc.owner(), vpc.cidrs(), vpc.tags())));
      peerings
          .get(n)
          .ifPresent(
              p -> live.put(pcx, peering(pcx, p.requester().account(), id, p.status(), p.tags())));
    }
    return new State(membership, there, live);
  }

  private static Arbitrary<Optional<Vpc>> vpc() {
    Arbitrary<Map<String, String>> tags =
        Arbitraries.of("true", "true", "false", "")
            .map(value -> value.isEmpty() ? Map.of() : Map.of(Tags.CONNECT, value));
    Arbitrary<String> cidrs = Arbitraries.of("10.1.0.0/16", "10.2.0.0/16 10.3.0.0/16");
    return Combinators.combine(cidrs, tags)
        .as((c, t) -> new Vpc(vpcId(0), Samples.SERVICE_ACCOUNT, Cidr.list(c), t))
        .optional();
  }

  private static Arbitrary<Optional<Peering>> peering() {
    Arbitrary<AccountId> accounts =
        Arbitraries.of(Samples.SERVICE_ACCOUNT, Samples.SERVICE_ACCOUNT, Samples.OTHER_ACCOUNT);
    Arbitrary<PeeringStatus> statuses =
        Arbitraries.of(PeeringStatus.class).filter(s -> s.isPending() || s.isAccepted());
    Arbitrary<String> claims = Arbitraries.of("", "10.1.0.0/16", "10.3.0.0/16 10.2.0.0/16");
    Arbitrary<String> by = Arbitraries.of("", "tag", "request");
    Arbitrary<String> decisions = Arbitraries.of("", "", "", "approve", "refuse");
    return Combinators.combine(accounts, statuses, claims, by, decisions)
        .as(
            (account, status, claim, asked, decision) -> {
              Map<String, String> tags = new HashMap<>();
              tags.put(Tags.CIDRS, claim);
              tags.put(Tags.BY, asked);
              tags.put(Tags.DECISION, decision);
              tags.values().removeIf(String::isEmpty);
              return peering(new PeeringId("pcx-00000000"), account, vpcId(0), status, tags);
            })
        .optional();
  }
}
