package io.peerway.plan.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.NatSet;
import io.peerway.model.SentCommand;
import io.peerway.model.VpnInstance;
import io.peerway.model.error.Denied;
import io.peerway.model.network.GroupRule;
import io.peerway.model.network.Ingress;
import io.peerway.model.network.NetworkAcl;
import io.peerway.model.network.NetworkInterface;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.PrefixListRoute;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.Port;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.doctor.Hop.Verdict;
import io.peerway.plan.doctor.Tried.Outcome;
import io.peerway.plan.nat.SetInForce;
import io.peerway.plan.nat.Surroundings;
import io.peerway.plan.report.Doers;
import io.peerway.testing.EventRecord;
import io.peerway.testing.FakeAws;
import io.peerway.testing.FakeVpnInstances;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read once the VPN instances have answered, or have had their time. */
class ConcludeTest {
  private static final Instant SENT = Instant.parse("2026-11-23T08:00:00Z");
  private static final Cidr ADDRESS = Cidr.ofAddress("10.110.0.10");
  private static final Port SSH = Port.parse("tcp/22");
  private static final InstanceId ONE = World.vpnInstance(0);
  private static final InstanceId TWO = World.vpnInstance(1);
  private static final InstanceId ELSEWHERE = World.vpnInstance(7);
  private static final SecurityGroupId GROUP = new SecurityGroupId("sg-00000007");
  private static final PrefixListId LIST = new PrefixListId("pl-00000001");

  private final World world = World.sample();
  private final FakeVpnInstances vpn = new FakeVpnInstances(world.transcript());
  private @Nullable List<VpnInstance> instances = List.of(instance(ONE, true));
  private List<SentCommand.Answer> reported = List.of(ended(ONE, "told"));
  private List<SentCommand.Answer> tried = List.of(ended(ONE, "reached"));
  private @Nullable String unasked;
  private @Nullable String untried;
  private @Nullable String faceless;
  private @Nullable String wanted;
  private @Nullable List<Cidr> services = Samples.SERVICE_CIDRS;
  private Surroundings others = new Surroundings(List.of(), 0, List.of(), 0, "server.conf");
  private Duration since = Duration.ofSeconds(2);

  @BeforeEach
  void connected() {
    world.put(
        Samples.tagged(
            Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, "10.110.0.0/16 10.120.0.0/24"));
    world.route(Samples.HUB_VPC, through("10.110.0.0/16"));
    world.route(Samples.SERVICE_VPC, through("10.100.0.0/16"));
    world.put(
        Samples.SERVICE_VPC,
        new SecurityGroup(
            GROUP,
            "ssh",
            List.of(new Ingress(SSH, Cidr.ofAddress("10.100.0.10"))),
            List.of(),
            Map.of()));
    world.put(
        new NetworkInterface(
            "eni-1", Samples.SERVICE_VPC, "subnet-service", List.of(GROUP), ADDRESS, null));
    world.put(acl("acl-1", Samples.HUB_VPC, World.VPN_SUBNET));
    world.put(acl("acl-2", Samples.SERVICE_VPC, "subnet-service"));
    vpn.answering(set -> set.generation() == 1 ? reported : tried);
    vpn.send(new NatSet(List.of(), List.of(), 1), Samples.PEERING);
    vpn.send(new NatSet(List.of(), List.of(), 2), Samples.PEERING);
    world.transcript().forget();
  }

  @Test
  void where_all_is_read_and_well_the_address_is_reached() {
    Answer answer = answer();
    assertThat(answer.summary()).isEqualTo("The VPN reaches tcp/22 of 10.110.0.10.");
    assertThat(answer.hops()).hasSize(19).allMatch(hop -> hop.verdict() == Verdict.RIGHT);
  }

  // ---- Whether it is time to say something -----------------------------------------------------

  @Test
  void until_the_instance_has_answered_both_the_question_stays_as_it_is_for_half_a_minute() {
    for (List<SentCommand.Answer> none :
        List.of(
            List.<SentCommand.Answer>of(),
            List.of(underway(ONE)),
            List.of(ended(ELSEWHERE, "told")))) {
      reported = none;
      assertPending();
      reported = List.of(ended(ONE, "told"));
      tried = none;
      assertPending();
      tried = List.of(ended(ONE, "reached"));
    }
    reported = List.of();
    since = Duration.ofSeconds(30);
    assertPending();
    since = since.plusMillis(1);
    assertThat(begun().outcome()).isEqualTo(Begun.Outcome.ANSWERED);
  }

  @Test
  void only_instances_that_run_in_the_hub_vpc_are_waited_for() {
    instances = List.of(instance(ONE, true), instance(TWO, false));
    reported = List.of(underway(ELSEWHERE), ended(ONE, "told"));
    assertThat(answer().summary()).startsWith("The VPN reaches");
  }

  @Test
  void where_nobody_knows_the_instances_whatever_answers_is_waited_for() {
    instances = null;
    reported = List.of();
    assertThat(begun().outcome()).isEqualTo(Begun.Outcome.PENDING);
    reported = List.of(ended(ONE, "told"), underway(ELSEWHERE));
    assertThat(begun().outcome()).isEqualTo(Begun.Outcome.PENDING);
    reported = List.of(ended(ONE, "told"));
    assertThat(hop(Station.VPN_INSTANCE))
        .satisfies(
            hop -> {
              assertThat(hop.verdict()).isEqualTo(Verdict.UNKNOWN);
              assertThat(hop.evidence())
                  .isEqualTo("the VPN instances could not be read: they could not be read");
            });
  }

  @Test
  void what_was_not_sent_is_not_waited_for_and_says_why() {
    unasked = "5 other questions came first";
    // Its agent has let it try.
    assertUnknown(Station.NAT, "5 other questions came first");
    assertThat(hop(Station.AGENT).verdict()).isEqualTo(Verdict.RIGHT);
    untried = "denied";
    assertUnknown(Station.AGENT, "5 other questions came first");
    assertUnknown(Station.PROBE, "nothing was tried: denied");
  }

  // ---- What the VPN instances say --------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"TimedOut", "Cancelled"})
  void an_instance_that_systems_manager_has_not_reached_is_silent(String status) {
    reported = List.of(new SentCommand.Answer(ONE.value(), status, ""));
    assertWrong(Station.AGENT, "does not answer Systems Manager (" + status + ")");
    assertUnknown(Station.NAT, "i-00000001 is silent");
  }

  @Test
  void an_instance_that_says_nothing_in_time_is_silent() {
    reported = List.of();
    since = Duration.ofSeconds(31);
    assertWrong(Station.AGENT, "(nothing within 30 seconds)");
  }

  @Test
  void an_instance_on_which_the_document_fails_answers_and_says_why() {
    reported = List.of(new SentCommand.Answer(ONE.value(), "Failed", "nft: not found"));
    assertThat(hop(Station.AGENT).verdict()).isEqualTo(Verdict.RIGHT);
    assertUnknown(
        Station.FORWARDING, "i-00000001 could not tell what is in force: Failed: nft: not found");
  }

  @Test
  void each_instance_is_judged_by_its_own_answers() {
    instances = List.of(instance(ONE, true), instance(TWO, true));
    reported = List.of(ended(TWO, "told"), ended(ONE, "told"));
    tried = List.of(ended(TWO, "refused"), ended(ONE, "reached"));
    assertWrong(Station.PROBE, "from i-00000002: Connection refused");
    tried = List.of(ended(TWO, "reached"), ended(ONE, "nothing"));
    assertUnknown(Station.PROBE, "nothing is known of a try from i-00000001");
  }

  @Test
  void what_stands_in_the_way_on_the_instance_is_said() {
    others = new Surroundings(List.of(), 0, Cidr.list("10.110.0.0/16"), 1, "server.conf");
    assertWrong(Station.PUSH, "sends clients no route to 10.110.0.0/16");
  }

  @Test
  void a_set_too_long_to_be_listed_is_known_by_the_digest_of_what_it_was_asked_about() {
    services = null;
    assertUnknown(Station.NAT, "translates to too many CIDRs");
    wanted = "another";
    assertUnknown(Station.NAT, "translates to too many CIDRs");
    wanted = "digest";
    assertThat(hop(Station.NAT).verdict()).isEqualTo(Verdict.RIGHT);
    // What is listed is believed, whatever its digest.
    services = Cidr.list("10.120.0.0/24");
    assertWrong(Station.NAT, "does not translate to 10.110.0.10");
  }

  // ---- What AWS shows --------------------------------------------------------------------------

  @Test
  void without_an_interface_nothing_else_of_the_service_is_read() {
    faceless = "no instance is in it";
    assertUnknown(Station.INTERFACE, "no instance is in it");
    assertUnknown(Station.PROBE, "nothing was tried: no instance is in it");
    assertThat(world.transcript().lines()).noneMatch(line -> line.contains("210987654321"));
    faceless = null;
    tried = List.of(ended(ONE, "timed out"));
    assertThat(answerTo(Cidr.ofAddress("10.110.0.11")).first())
        .satisfies(
            first -> {
              assertThat(Objects.requireNonNull(first).at()).isEqualTo(Station.INTERFACE);
              assertThat(first.evidence())
                  .isEqualTo("nothing in vpc-0bbbbbbbbbbbbbbbb has the address 10.110.0.11");
            });
    assertThat(world.transcript().lines())
        .filteredOn(line -> line.contains("210987654321"))
        .containsExactly("  210987654321: what has 10.110.0.11/32 in vpc-0bbbbbbbbbbbbbbbb");
  }

  @Test
  void routes_by_prefix_lists_are_followed_on_both_sides_as_far_as_they_can_be_read() {
    tried = List.of(ended(ONE, "timed out"));
    listed(Samples.HUB_VPC);
    listed(Samples.SERVICE_VPC);
    assertUnknown(Station.HUB_ROUTE, "pl-00000001 -> tgw-1: read pl-00000001");
    assertUnknown(Station.SERVICE_ROUTE, "pl-00000001 -> tgw-1: read pl-00000001");
    world.put(LIST, Cidr.list("10.110.0.0/24 10.100.0.0/24"));
    assertWrong(Station.HUB_ROUTE, "has 10.110.0.0/24 (of pl-00000001) -> tgw-1");
    assertWrong(Station.SERVICE_ROUTE, "has 10.100.0.0/24 (of pl-00000001) -> tgw-1");
  }

  @Test
  void rules_by_prefix_lists_are_followed_on_both_sides() {
    tried = List.of(ended(ONE, "timed out"));
    world.put(ruleBy(World.VPN_GROUP));
    world.put(ruleBy(GROUP));
    world.put(LIST, Cidr.list("10.9.0.0/16"));
    assertWrong(Station.VPN_GROUPS, "no rule of sg-0aaaaaaaaaaaaaaaa");
    assertWrong(Station.SECURITY_GROUPS, "no rule of sg-00000007");
    world.put(LIST, Cidr.list("10.110.0.0/24 10.100.0.0/24"));
    assertThat(hop(Station.VPN_GROUPS).evidence()).endsWith("of 10.110.0.10/32, by pl-00000001");
    assertThat(hop(Station.SECURITY_GROUPS).evidence()).endsWith("to tcp/22, by pl-00000001");
  }

  @Test
  void what_the_hub_account_does_not_show_is_unknown() {
    world.fail(Samples.HUB_ACCOUNT, () -> new Denied("denied", new IllegalStateException()));
    for (Station station :
        List.of(
            Station.PEERING,
            Station.VPN_GROUPS,
            Station.HUB_ROUTE,
            Station.HUB_ACL,
            Station.HUB_ACL_BACK)) {
      assertUnknown(station, "denied");
    }
    world.open(Samples.HUB_ACCOUNT);
    world.closeAcls(Samples.SERVICE_ACCOUNT);
    assertUnknown(
        Station.SERVICE_ACL, "the network ACLs of vpc-0bbbbbbbbbbbbbbbb: read the network ACLs");
  }

  @Test
  void who_changed_the_first_station_that_is_wrong_is_looked_for() {
    tried = List.of(ended(ONE, "timed out"));
    assertThat(answer().summary()).doesNotContain("Changed last");
    world.tables(Samples.HUB_VPC).forEach(table -> world.put(table.withRoutes(List.of())));
    assertThat(answer().summary())
        .endsWith("is missing. Changed last by " + EventRecord.DOER + ".");
  }

  private void assertPending() {
    assertThat(begun())
        .isEqualTo(new Begun(Begun.Outcome.PENDING, "10.110.0.10", SSH, question(ADDRESS), null));
  }

  private void assertUnknown(Station station, String evidence) {
    assertHop(station, Verdict.UNKNOWN, evidence);
  }

  private void assertWrong(Station station, String evidence) {
    assertHop(station, Verdict.WRONG, evidence);
  }

  private void assertHop(Station station, Verdict verdict, String evidence) {
    assertThat(hop(station))
        .satisfies(
            hop -> {
              assertThat(hop.verdict()).isEqualTo(verdict);
              assertThat(hop.evidence()).contains(evidence);
            });
  }

  private Answer.Line hop(Station station) {
    return answer().hops().stream().filter(hop -> hop.at() == station).findFirst().orElseThrow();
  }

  private Answer answer() {
    return Objects.requireNonNull(begun().answer());
  }

  private Answer answerTo(Cidr address) {
    return Objects.requireNonNull(begun(address).answer());
  }

  private Begun begun() {
    return begun(ADDRESS);
  }

  private Begun begun(Cidr address) {
    return new Conclude(
            FakeAws.with(world).vpn(vpn).clock(Clock.fixed(SENT.plus(since), ZoneOffset.UTC)).aws(),
            world
                .serviceAccounts()
                .network(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.PEERING),
            Question.plain(address),
            SSH,
            question(address),
            new Conclude.Documents(
                output -> output.equals("told") ? Optional.of(inForce()) : Optional.empty(),
                output -> Optional.of(others),
                ConcludeTest::tried),
            new Mends("arn:connect", Samples.REGION),
            new Doers(
                (place, resource) ->
                    List.of(
                        EventRecord.deleteRoute(
                                world.tables(Samples.HUB_VPC).getFirst().id(),
                                new Cidr("10.110.0.0/16"))
                            .fields())))
        .now();
  }

  private Underway question(Cidr address) {
    return new Underway(
        address,
        faceless,
        Samples.connection(),
        instances,
        order("command-1", unasked),
        order("command-2", untried),
        wanted,
        SENT.toEpochMilli());
  }

  private static Order order(String command, @Nullable String why) {
    return why == null ? new Order(command, null) : Order.none(why);
  }

  private SetInForce inForce() {
    return new SetInForce(
        "report",
        1,
        Cidr.list("172.168.0.0/24"),
        services,
        "digest",
        true,
        true,
        true,
        "installed");
  }

  private static Optional<Tried> tried(String output) {
    return switch (output) {
      case "reached" -> Optional.of(new Tried(Outcome.REACHED, "connected"));
      case "refused" -> Optional.of(new Tried(Outcome.REFUSED, "Connection refused"));
      case "timed out" -> Optional.of(new Tried(Outcome.TIMED_OUT, "no answer"));
      default -> Optional.empty();
    };
  }

  private static SentCommand.Answer ended(InstanceId instance, String output) {
    return new SentCommand.Answer(instance.value(), "Success", output);
  }

  private static SentCommand.Answer underway(InstanceId instance) {
    return new SentCommand.Answer(instance.value(), "InProgress", "told");
  }

  private static VpnInstance instance(InstanceId id, boolean runs) {
    return new VpnInstance(
        id, Cidr.list("10.100.0.10/32"), runs, List.of(World.VPN_SUBNET), List.of(World.VPN_GROUP));
  }

  private static GroupRule ruleBy(SecurityGroupId group) {
    return new GroupRule(group, 6, 22, 22, List.of(), List.of(LIST), false);
  }

  private void listed(VpcId vpc) {
    for (RouteTable table : world.tables(vpc)) {
      world.put(
          new RouteTable(
              table.id(),
              vpc,
              table.routes(),
              List.of(new PrefixListRoute(LIST, "tgw-1", Route.State.ACTIVE)),
              table.tags()));
    }
  }

  private static Route through(String destination) {
    return new Route(new Cidr(destination), Samples.PEERING.value(), Route.State.ACTIVE);
  }

  private static NetworkAcl acl(String id, VpcId vpc, String subnet) {
    List<NetworkAcl.Rule> rules = new ArrayList<>();
    for (NetworkAcl.Direction direction : NetworkAcl.Direction.values()) {
      rules.add(new NetworkAcl.Rule(100, direction, true, -1, new Cidr("0.0.0.0/0"), -1, -1));
    }
    return new NetworkAcl(id, vpc, List.of(subnet), rules);
  }
}
