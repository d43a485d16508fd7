package io.peerway.functions.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.functions.Inputs;
import io.peerway.functions.Invoked;
import io.peerway.model.error.ForeignRoute;
import io.peerway.model.error.RouteTableFull;
import io.peerway.model.error.Superseded;
import io.peerway.model.network.Ingress;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import io.peerway.testing.FakeAws;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The routes of both sides; what holds for one holds for the other. */
class RoutesHandlersTest {

  /** A side of the connection, and what its tables are to hold. */
  private enum Side {
    HUB(Samples.HUB_VPC, Samples.SERVICE_CIDRS, "hub"),
    SERVICE(Samples.SERVICE_VPC, Samples.HUB_CIDRS, "210987654321");

    final VpcId vpc;
    final List<Cidr> destinations;
    final String account;

    Side(VpcId vpc, List<Cidr> destinations, String account) {
      this.vpc = vpc;
      this.destinations = destinations;
      this.account = account;
    }

    RequestStreamHandler handler(World world) {
      return switch (this) {
        case HUB -> new HubRoutesHandler(FakeAws.of(world));
        case SERVICE -> new JoinServiceHandler(FakeAws.of(world));
      };
    }
  }

  private final World world = World.sample();

  // What JoinService opens besides is there already.
  @BeforeEach
  void opened() {
    claim("10.110.0.0/16 10.120.0.0/24");
    Ingress ssh = new Ingress(Port.parse("tcp/22"), new Cidr("10.100.0.10/32"));
    world.put(
        Samples.SERVICE_VPC,
        new SecurityGroup(
            new SecurityGroupId("sg-00000009"),
            "peerway-vpc-0aaaaaaaaaaaaaaaa",
            List.of(ssh),
            List.of(ssh),
            Map.of(Tags.HUB, Samples.HUB_VPC.value())));
  }

  @Test
  void the_hub_gets_a_route_to_every_service_cidr_in_every_table() {
    JsonNode answer = run(Side.HUB);
    assertThat(answer.get("changes")).hasSize(6);
    assertThat(answer.at("/changes/0").asText())
        .isEqualTo("add route 10.110.0.0/16 -> pcx-0a1b2c3d4e5f60718 to rtb-00000001");
    assertThat(world.transcript().lines())
        .containsExactly(
            "  hub: route tables of vpc-0aaaaaaaaaaaaaaaa",
            "! hub: add route 10.110.0.0/16 -> pcx-0a1b2c3d4e5f60718 to rtb-00000001",
            "! hub: add route 10.120.0.0/24 -> pcx-0a1b2c3d4e5f60718 to rtb-00000001",
            "! hub: add route 10.110.0.0/16 -> pcx-0a1b2c3d4e5f60718 to rtb-00000002",
            "! hub: add route 10.120.0.0/24 -> pcx-0a1b2c3d4e5f60718 to rtb-00000002",
            "! hub: add route 10.110.0.0/16 -> pcx-0a1b2c3d4e5f60718 to rtb-00000003",
            "! hub: add route 10.120.0.0/24 -> pcx-0a1b2c3d4e5f60718 to rtb-00000003");
  }

  @Test
  void the_service_gets_a_route_to_every_hub_cidr_in_every_table() {
    assertThat(run(Side.SERVICE).get("changes")).hasSize(3);
    assertThat(world.transcript().lines())
        .containsExactly(
            "  hub: VPN instances of vpc-0aaaaaaaaaaaaaaaa",
            "  210987654321: route tables of vpc-0bbbbbbbbbbbbbbbb",
            "  210987654321: security groups of vpc-0bbbbbbbbbbbbbbbb",
            "! 210987654321: add route 10.100.0.0/16 -> pcx-0a1b2c3d4e5f60718 to rtb-10000001",
            "! 210987654321: add route 10.100.0.0/16 -> pcx-0a1b2c3d4e5f60718 to rtb-10000002",
            "! 210987654321: add route 10.100.0.0/16 -> pcx-0a1b2c3d4e5f60718 to rtb-10000003");
  }

  @ParameterizedTest
  @EnumSource
  void a_second_time_changes_nothing(Side side) {
    run(side);
    world.transcript().forget();
    assertThat(run(side).get("changes")).isEmpty();
    assertThat(world.transcript().changes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "0, 1"})
  void tables_known_to_have_none_of_the_routes_are_not_read_before_a_redrive_or_a_retry(
      int redrive, int retry) {
    String tables =
        "{'connection': %s, 'tables': ['rtb-00000001', 'rtb-00000002'], 'redrive': %d, 'retry': %d}";
    JsonNode first =
        Invoked.step(Side.HUB.handler(world), tables.formatted(Inputs.CONNECTION, 0, 0));
    assertThat(first.get("changes")).hasSize(4);
    assertThat(world.transcript().lines()).hasSize(4).allMatch(line -> line.startsWith("! "));
    world.transcript().forget();
    JsonNode second =
        Invoked.step(Side.HUB.handler(world), tables.formatted(Inputs.CONNECTION, redrive, retry));
    assertThat(second.get("changes")).as("what the third table lacks").hasSize(2);
    assertThat(world.transcript().changes()).as("what is there is not made again").hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void a_foreign_route_of_a_newer_run_or_after_the_end_sends_the_run_back(Side side) {
    claim("10.110.0.0/16");
    world.route(
        side.vpc, new Route(side.destinations.getFirst(), "pcx-00000001", Route.State.ACTIVE));
    assertThatExceptionOfType(Superseded.class).isThrownBy(() -> run(side));
  }

  @ParameterizedTest
  @EnumSource
  void a_route_too_many_goes_where_the_admission_still_stands(Side side) {
    claim("10.110.0.0/16 10.120.0.0/24");
    world.route(side.vpc, surplus());
    assertThat(run(side).get("changes").toString()).contains("remove route 10.99.0.0/16");
  }

  @ParameterizedTest
  @EnumSource
  void a_route_that_a_newer_admission_has_added_stays(Side side) {
    claim("10.110.0.0/16 10.120.0.0/24 10.99.0.0/16");
    world.route(side.vpc, surplus());
    List<RouteTable> before = world.tables(side.vpc);
    assertThatExceptionOfType(Superseded.class).isThrownBy(() -> run(side));
    assertThat(world.tables(side.vpc)).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void a_newer_admission_while_a_route_goes_sends_the_run_back(Side side) {
    run(side);
    claim("10.110.0.0/16 10.120.0.0/24");
    world.route(side.vpc, surplus());
    world.beforeNextChange(() -> claim("10.110.0.0/16 10.120.0.0/24 10.99.0.0/16"));
    assertThatExceptionOfType(Superseded.class).isThrownBy(() -> run(side));
  }

  @Test
  void a_route_to_a_new_cidr_of_the_hub_vpc_stays() {
    claim("10.110.0.0/16 10.120.0.0/24");
    world.put(
        new Vpc(
            Samples.HUB_VPC,
            Samples.HUB_ACCOUNT,
            Cidr.list("10.100.0.0/16 10.99.0.0/16"),
            Map.of()));
    world.route(Samples.SERVICE_VPC, surplus());
    assertThatExceptionOfType(Superseded.class).isThrownBy(() -> run(Side.SERVICE));
    assertThat(world.transcript().changes()).isEmpty();
  }

  private void claim(String cidrs) {
    world.put(Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, cidrs));
  }

  private static Route surplus() {
    return new Route(new Cidr("10.99.0.0/16"), Samples.PEERING.value(), Route.State.ACTIVE);
  }

  @ParameterizedTest
  @EnumSource
  void a_run_that_was_cut_off_is_completed_by_the_next(Side side) {
    world.cutOffAfter(2);
    assertThatExceptionOfType(World.CutOff.class).isThrownBy(() -> run(side));
    world.mend();
    assertThat(run(side).get("changes")).hasSize(side.destinations.size() * 3 - 2);
    world.transcript().forget();
    run(side);
    assertThat(world.transcript().changes()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a_foreign_route_in_one_table_leaves_all_tables_as_they_are(Side side) {
    Route foreign = new Route(side.destinations.getLast(), "tgw-1", Route.State.ACTIVE);
    RouteTable table = world.tables(side.vpc).getLast();
    world.put(new RouteTable(table.id(), table.vpc(), List.of(foreign), Map.of()));
    List<RouteTable> before = world.tables(side.vpc);

    assertThatExceptionOfType(ForeignRoute.class)
        .isThrownBy(() -> run(side))
        .withMessageContainingAll(table.id().value(), foreign.destination().value(), "tgw-1");
    assertThat(world.tables(side.vpc)).isEqualTo(before);
    assertThat(world.transcript().changes()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a_table_tagged_skip_is_left_alone(Side side) {
    for (RouteTable table : world.tables(side.vpc)) {
      Map<String, String> skip = Map.of(Tags.ROUTES, "skip");
      world.put(new RouteTable(table.id(), table.vpc(), table.routes(), skip));
    }
    assertThat(run(side).get("changes")).isEmpty();
    assertThat(world.transcript().changes()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a_route_that_another_run_was_quicker_with_does_no_harm(Side side) {
    world.beforeNextChange(() -> run(side));
    run(side);
    assertThat(world.tables(side.vpc))
        .allSatisfy(
            table ->
                assertThat(table.routes())
                    .hasSize(1 + side.destinations.size())
                    .doesNotHaveDuplicates());
  }

  @ParameterizedTest
  @EnumSource
  void a_foreign_route_that_came_just_before_ours_stays(Side side) {
    Route foreign = new Route(side.destinations.getFirst(), "tgw-1", Route.State.ACTIVE);
    world.beforeNextChange(() -> world.route(side.vpc, foreign));
    run(side);
    assertThat(world.tables(side.vpc))
        .allSatisfy(table -> assertThat(table.routes()).contains(foreign));
    // The next run, and Verify, name it.
    assertThatExceptionOfType(ForeignRoute.class).isThrownBy(() -> run(side));
  }

  @ParameterizedTest
  @EnumSource
  void a_full_table_is_named_and_completed_once_there_is_room(Side side) {
    world.limitRoutes(1);
    assertThatExceptionOfType(RouteTableFull.class).isThrownBy(() -> run(side));
    world.limitRoutes(50);
    assertThat(run(side).get("changes")).hasSize(side.destinations.size() * 3);
  }

  private JsonNode run(Side side) {
    return Invoked.step(side.handler(world), Inputs.STEP);
  }
}
