package io.peerway.plan.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.NatSet;
import io.peerway.model.VpnInstance;
import io.peerway.model.error.Throttled;
import io.peerway.model.network.NetworkInterface;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Port;
import io.peerway.model.value.VpcId;
import io.peerway.plan.report.Doers;
import io.peerway.testing.FakeAws;
import io.peerway.testing.FakeVpnInstances;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a question finds before the VPN instances have answered, and what they are sent. */
class BeginTest {
  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
  private static final String ADDRESS = "10.110.0.10";
  private static final InstanceId INSTANCE = new InstanceId("i-0123456789abcdef0");
  private static final String CLAIM = "10.110.0.0/16 10.120.0.0/24";

  private final World world = World.sample();
  private final FakeVpnInstances vpn = new FakeVpnInstances(world.transcript());
  private Instant time = NOW;

  @BeforeEach
  void connected() {
    world.put(peering(Samples.serviceSide(), Samples.hubSide(), Map.of(Tags.CIDRS, CLAIM)));
  }

  @Test
  void what_is_known_of_the_way_goes_along_with_what_the_vpn_instances_were_sent() {
    assertThat(ask(Map.of("to", ADDRESS, "port", 443)))
        .isEqualTo(
            new Begun(
                Begun.Outcome.PENDING,
                ADDRESS,
                Port.parse("tcp/443"),
                new Underway(
                    Cidr.ofAddress(ADDRESS),
                    null,
                    Samples.connection(),
                    List.of(
                        new VpnInstance(
                            World.vpnInstance(0),
                            Cidr.list("10.100.0.10/32"),
                            true,
                            List.of(World.VPN_SUBNET),
                            List.of(World.VPN_GROUP))),
                    new Order("question-1", null),
                    new Order("probe-1", null),
                    new NatSet(List.of(), Cidr.list(CLAIM), 0).servicesDigest(),
                    NOW.toEpochMilli()),
                null));
  }

  @Test
  void of_an_address_that_the_set_has_not_no_digest_says_that_it_is_in_force() {
    world.put(peering(Samples.serviceSide(), Samples.hubSide(), Map.of()));
    assertThat(underway(ADDRESS).wanted()).isNull();
  }

  @Test
  void what_was_asked_for_is_called_as_it_was_asked() {
    face(Samples.SERVICE_VPC, ADDRESS);
    for (String to : List.of(ADDRESS, INSTANCE.value(), Samples.PEERING.value())) {
      assertThat(ask(Map.of("to", to)).to()).isEqualTo(to);
    }
  }

  @Test
  void the_hub_vpc_itself_knows_its_cidrs_best() {
    List<Cidr> cidrs = Cidr.list("10.100.0.0/16 10.101.0.0/16");
    world.put(new Vpc(Samples.HUB_VPC, Samples.HUB_ACCOUNT, cidrs, Map.of()));
    assertThat(underway(ADDRESS).connection().hub().cidrs()).isEqualTo(cidrs);
  }

  @Test
  void where_the_hub_vpc_cannot_be_read_its_cidrs_are_those_that_a_peering_connection_shows() {
    world.remove(Samples.HUB_VPC);
    VpcSide bare = side(Samples.HUB_VPC, "");
    world.put(peering(Samples.serviceSide(), bare, Map.of(Tags.CIDRS, CLAIM)));
    assertThat(underway(ADDRESS).connection().hub().cidrs()).isEmpty();
    world.put(
        new Peering(
            new PeeringId("pcx-00000001"),
            PeeringStatus.ACTIVE,
            side(Samples.OTHER_VPC, "10.8.0.0/16"),
            side(new VpcId("vpc-0eeeeeeeeeeeeeeee"), "10.9.0.0/16"),
            Map.of()));
    world.put(
        new Peering(
            Samples.OTHER_PEERING,
            PeeringStatus.ACTIVE,
            side(Samples.HUB_VPC, "10.100.0.0/17"),
            side(Samples.OTHER_VPC, "10.8.0.0/16"),
            Map.of()));
    assertThat(underway(ADDRESS).connection().hub().cidrs()).isEqualTo(Cidr.list("10.100.0.0/17"));
    connected();
    assertThat(underway(ADDRESS).connection().hub()).isEqualTo(Samples.hubSide());
  }

  @Test
  void where_the_peering_connections_cannot_be_read_nothing_is_known_and_nothing_is_sent() {
    world.close(Samples.HUB_ACCOUNT);
    assertThat(answer(ADDRESS).summary())
        .isEqualTo(
            "Nothing is known of 10.110.0.10: the peering connections could not be read: assume the"
                + " role in 123456789012.");
    assertThat(world.transcript().lines()).isEmpty();
  }

  // ---- A connection as a whole -----------------------------------------------------------------

  @Test
  void for_a_connection_any_instance_behind_it_stands() {
    face(Samples.SERVICE_VPC, ADDRESS);
    assertThat(underway(Samples.PEERING.value()))
        .satisfies(
            found -> {
              assertThat(found.address()).isEqualTo(Cidr.ofAddress(ADDRESS));
              assertThat(found.faceless()).isNull();
            });
    assertThat(world.transcript().lines()).contains("  VPN: try tcp/22 of 10.110.0.10/32");
  }

  @Test
  void of_a_connection_without_an_instance_the_way_is_shown_and_nothing_is_tried() {
    assertThat(underway(Samples.PEERING.value()))
        .satisfies(
            found -> {
              assertThat(found.address()).isEqualTo(Cidr.ofAddress("10.110.0.0"));
              assertThat(found.faceless())
                  .isEqualTo("no instance is in vpc-0bbbbbbbbbbbbbbbb: ask for an address of it");
            });
    // UDP need not answer: such a try is counted, and sends nothing.
    assertThat(world.transcript().lines()).contains("  VPN: try udp/1 of 10.110.0.0/32");
    world.close(Samples.SERVICE_ACCOUNT);
    assertThat(underway(Samples.PEERING.value()).faceless())
        .isEqualTo("assume the role in 210987654321");
  }

  @Test
  void of_a_connection_of_which_ec2_shows_no_cidrs_nothing_is_known() {
    world.put(peering(side(Samples.SERVICE_VPC, ""), Samples.hubSide(), Map.of()));
    assertThat(answer(Samples.PEERING.value()))
        .satisfies(
            answer -> {
              assertThat(answer.summary())
                  .isEqualTo(
                      "Nothing is known of pcx-0a1b2c3d4e5f60718: EC2 does not show the CIDRs behind"
                          + " it; ask again.");
              assertThat(answer.first()).isNull();
            });
  }

  // ---- An instance -----------------------------------------------------------------------------

  @Test
  void an_instance_is_found_behind_the_connection_of_its_own_vpc() {
    secondVpcOfTheAccount();
    face(Samples.OTHER_VPC, "10.130.0.10");
    assertThat(underway(INSTANCE.value()))
        .satisfies(
            found -> {
              assertThat(found.connection().peeringId()).isEqualTo(Samples.OTHER_PEERING);
              assertThat(found.address()).isEqualTo(Cidr.ofAddress("10.130.0.10"));
              assertThat(found.faceless()).isNull();
            });
  }

  @Test
  void a_search_that_takes_too_long_says_where_it_has_not_looked() {
    world.put(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.130.0.0/16"));
    // Two reads of the hub come first.
    world.transcript().beforeEachCall(() -> time = time.plusSeconds(10));
    assertThat(answer(INSTANCE.value()).summary())
        .isEqualTo(
            "Nothing is known of i-0123456789abcdef0: i-0123456789abcdef0 is in no connected VPC"
                + " that can be read; not read: 345678901234 and others, for want of time.");
    assertThat(world.transcript().lines())
        .containsOnlyOnce("  210987654321: the network interface of i-0123456789abcdef0")
        .noneMatch(line -> line.startsWith("  345678901234"));
  }

  // ---- What cannot be sent ---------------------------------------------------------------------

  @Test
  void where_no_try_can_be_sent_nothing_is_asked_either_and_both_say_why() {
    failOnceAfter("hub: vpc-0aaaaaaaaaaaaaaaa");
    assertThat(underway(ADDRESS))
        .satisfies(
            found -> {
              assertThat(found.probe()).isEqualTo(new Order(null, "throttled"));
              assertThat(found.report()).isEqualTo(new Order(null, "throttled"));
              assertThat(found.instances()).hasSize(1);
            });
    assertThat(vpn.reports()).isZero();
  }

  @Test
  void where_nobody_knows_how_many_ask_the_vpn_instances_are_not_asked() {
    failOnceAfter("VPN: try");
    assertThat(underway(ADDRESS))
        .satisfies(
            found -> {
              assertThat(found.probe()).isEqualTo(new Order("probe-1", null));
              assertThat(found.report())
                  .isEqualTo(new Order(null, "how many others ask could not be read: throttled"));
            });
  }

  @Test
  void vpn_instances_that_cannot_be_listed_are_not_known() {
    failOnceAfter("VPN: what is in force");
    assertThat(underway(ADDRESS))
        .satisfies(
            found -> {
              assertThat(found.instances()).isNull();
              assertThat(found.report()).isEqualTo(new Order("question-1", null));
            });
  }

  /** The first call that comes after this one is throttled. */
  private void failOnceAfter(String call) {
    AtomicBoolean done = new AtomicBoolean();
    world
        .transcript()
        .beforeEachCall(
            () -> {
              List<String> lines = world.transcript().lines();
              if (!lines.isEmpty() && lines.getLast().contains(call) && !done.getAndSet(true)) {
                throw new Throttled("throttled", new IllegalStateException());
              }
            });
  }

  private void secondVpcOfTheAccount() {
    world.put(
        new Vpc(Samples.OTHER_VPC, Samples.SERVICE_ACCOUNT, Cidr.list("10.130.0.0/16"), Map.of()));
    world.put(
        new Peering(
            Samples.OTHER_PEERING,
            PeeringStatus.ACTIVE,
            side(Samples.OTHER_VPC, "10.130.0.0/16"),
            Samples.hubSide(),
            Map.of(Tags.CIDRS, "10.130.0.0/16")));
  }

  private void face(VpcId vpc, String address) {
    world.put(
        new NetworkInterface(
            "eni-1", vpc, "subnet-1", List.of(), Cidr.ofAddress(address), INSTANCE));
  }

  private static VpcSide side(VpcId vpc, String cidrs) {
    return new VpcSide(Samples.SERVICE_ACCOUNT, Samples.REGION, vpc, Cidr.list(cidrs));
  }

  private static Peering peering(VpcSide requester, VpcSide accepter, Map<String, String> tags) {
    return new Peering(Samples.PEERING, PeeringStatus.ACTIVE, requester, accepter, tags);
  }

  private Underway underway(String to) {
    return Objects.requireNonNull(ask(Map.of("to", to)).underway());
  }

  private Answer answer(String to) {
    Begun begun = ask(Map.of("to", to));
    assertThat(begun.outcome()).isEqualTo(Begun.Outcome.ANSWERED);
    return Objects.requireNonNull(begun.answer());
  }

  private Begun ask(Map<String, ?> question) {
    InstantSource source = () -> time;
    return new Begin(
            FakeAws.with(world).vpn(vpn).clock(source.withZone(ZoneOffset.UTC)).aws(),
            new Doers((place, resource) -> List.of()))
        .now(question);
  }
}
