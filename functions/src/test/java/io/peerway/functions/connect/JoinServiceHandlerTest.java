package io.peerway.functions.connect;

import static io.peerway.functions.Invoked.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.functions.Inputs;
import io.peerway.functions.Invoked;
import io.peerway.model.error.ForeignGroup;
import io.peerway.model.error.NoVpnInstance;
import io.peerway.model.error.Superseded;
import io.peerway.model.network.Ingress;
import io.peerway.model.network.Route;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.testing.FakeAws;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JoinServiceHandlerTest {

  private World world = World.sample();

  @BeforeEach
  void routed() {
    world.route(
        Samples.SERVICE_VPC,
        new Route(Samples.HUB_CIDRS.getFirst(), Samples.PEERING.value(), Route.State.ACTIVE));
  }

  @Test
  void makes_our_group_for_the_addresses_of_the_vpn_instances() {
    assertThat(run())
        .isEqualTo(
            json(
                """
                {'vpnAddresses': ['10.100.0.10/32'], 'vpnSubnets': ['subnet-00000001'],
                 'changes': ['create security group in vpc-0bbbbbbbbbbbbbbbb that allows tcp/22 from 10.100.0.10/32']}
                """));
    assertThat(world.transcript().lines())
        .containsExactly(
            "  hub: VPN instances of vpc-0aaaaaaaaaaaaaaaa",
            "  210987654321: route tables of vpc-0bbbbbbbbbbbbbbbb",
            "  210987654321: security groups of vpc-0bbbbbbbbbbbbbbbb",
            "! 210987654321: create security group in vpc-0bbbbbbbbbbbbbbbb that allows tcp/22 from"
                + " 10.100.0.10/32");
  }

  @Test
  void a_second_time_changes_nothing() {
    run();
    world.transcript().forget();
    assertThat(run().get("changes")).isEmpty();
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void a_new_vpn_instance_is_let_in_through_the_group_that_is_there() {
    run();
    world.setVpnAddresses(Cidr.list("10.100.0.10/32 10.100.0.11/32"));
    world.transcript().forget();
    run();
    assertThat(world.transcript().changes())
        .singleElement()
        .asString()
        .startsWith("210987654321: allow tcp/22 from 10.100.0.11/32 in sg-");
  }

  @Test
  void a_run_cut_off_before_the_openings_is_completed() {
    SecurityGroupId id = new SecurityGroupId("sg-00000009");
    Map<String, String> ours = Map.of(Tags.HUB, Samples.HUB_VPC.value());
    world.put(
        Samples.SERVICE_VPC,
        new SecurityGroup(id, "peerway-vpc-0aaaaaaaaaaaaaaaa", List.of(), List.of(), ours));
    run();
    assertThat(world.transcript().changes())
        .containsExactly("210987654321: allow tcp/22 from 10.100.0.10/32 in sg-00000009");
  }

  @Test
  void a_group_that_asks_for_it_is_opened_and_every_other_group_stays_as_it_is() {
    SecurityGroup web =
        new SecurityGroup(
            new SecurityGroupId("sg-00000007"),
            "web",
            List.of(new Ingress(Port.parse("tcp/80"), new Cidr("0.0.0.0/0"))),
            List.of(),
            Map.of(Tags.ALLOW, "tcp/443"));
    world.put(Samples.SERVICE_VPC, web);
    SecurityGroup untouched = world.groups(Samples.SERVICE_VPC).getFirst();
    run();
    assertThat(world.groups(Samples.SERVICE_VPC))
        .contains(untouched)
        .anySatisfy(
            group ->
                assertThat(group.ingress())
                    .containsExactly(
                        new Ingress(Port.parse("tcp/80"), new Cidr("0.0.0.0/0")),
                        new Ingress(Port.parse("tcp/443"), new Cidr("10.100.0.10/32"))));
  }

  @Test
  void a_cidr_that_came_after_admission_sends_the_run_back_before_anything_is_changed() {
    showsCidrs("10.110.0.0/16 10.120.0.0/24 10.130.0.0/16");
    hasCidrs("10.110.0.0/16 10.120.0.0/24 10.130.0.0/16");
    assertThatExceptionOfType(Superseded.class)
        .isThrownBy(this::run)
        .withMessageContaining("10.130.0.0/16");
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void a_cidr_that_went_after_admission_sends_the_run_back() {
    showsCidrs("10.110.0.0/16");
    hasCidrs("10.110.0.0/16");
    assertThatExceptionOfType(Superseded.class).isThrownBy(this::run);
  }

  @Test
  void a_cidr_that_admission_left_out_is_no_news_and_the_vpc_is_not_asked() {
    showsCidrs("10.110.0.0/16 10.120.0.0/24 192.168.5.0/24");
    world.put(Samples.tagged(world.peering(Samples.PEERING), Tags.LEFT_OUT, "192.168.5.0/24"));
    assertThat(run().get("changes")).hasSize(1);
    assertThat(world.transcript().lines()).doesNotContain("  210987654321: vpc-0bbbbbbbbbbbbbbbb");
  }

  @Test
  void local_routes_that_lead_through_an_appliance_or_lag_behind_are_settled_by_the_vpc_itself() {
    showsCidrs("10.110.0.0/16");
    assertThat(run().get("changes")).hasSize(1);
  }

  private void showsCidrs(String cidrs) {
    Cidr.list(cidrs)
        .forEach(
            cidr ->
                world.route(Samples.SERVICE_VPC, new Route(cidr, Route.LOCAL, Route.State.ACTIVE)));
  }

  private void hasCidrs(String cidrs) {
    world.put(new Vpc(Samples.SERVICE_VPC, Samples.SERVICE_ACCOUNT, Cidr.list(cidrs), Map.of()));
  }

  @Test
  void the_account_is_entered_once() {
    world = World.sample();
    assertThat(run().get("changes")).hasSize(4);
    assertThat(world.sessions()).containsExactly(Samples.SERVICE_ACCOUNT);
  }

  @Test
  void for_a_request_that_this_run_has_accepted_our_group_is_made_without_a_look() {
    world = World.sample();
    assertThat(accepted().get("changes")).hasSize(4);
    assertThat(world.transcript().lines()).noneMatch(line -> line.contains("security groups"));
    assertThat(world.groups(Samples.SERVICE_VPC)).hasSize(2);
    world.transcript().forget();
    // Cut off behind that, and asked again.
    assertThat(accepted().get("changes")).isEmpty();
    assertThat(world.groups(Samples.SERVICE_VPC)).hasSize(2);
  }

  @Test
  void a_group_that_is_somebody_elses_is_seen_all_the_same_and_nothing_else_is_changed() {
    world = World.sample();
    world.put(
        Samples.tagged(world.peering(Samples.PEERING), Tags.CIDRS, "10.110.0.0/16 10.120.0.0/24"));
    world.put(
        Samples.SERVICE_VPC,
        new SecurityGroup(
            new SecurityGroupId("sg-00000009"),
            "peerway-vpc-0aaaaaaaaaaaaaaaa",
            List.of(),
            List.of(),
            Map.of()));
    assertThatExceptionOfType(ForeignGroup.class).isThrownBy(this::accepted);
    assertThat(world.tables(Samples.SERVICE_VPC))
        .allSatisfy(table -> assertThat(table.routes()).hasSize(1));
  }

  private JsonNode accepted() {
    return Invoked.step(
        new JoinServiceHandler(FakeAws.of(world)),
        Inputs.STEP.replaceFirst("[{]", "{'tables': ['rtb-00000001'], "));
  }

  @Test
  void a_group_that_has_our_name_leaves_the_routes_as_they_are_as_well() {
    world = World.sample();
    world.put(
        Samples.tagged(world.peering(Samples.PEERING), Tags.CIDRS, "10.110.0.0/16 10.120.0.0/24"));
    world.put(
        Samples.SERVICE_VPC,
        new SecurityGroup(
            new SecurityGroupId("sg-00000009"),
            "peerway-vpc-0aaaaaaaaaaaaaaaa",
            List.of(),
            List.of(),
            Map.of()));
    assertThatExceptionOfType(ForeignGroup.class).isThrownBy(this::run);
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void without_a_vpn_instance_nothing_is_opened_and_nothing_routed() {
    world = World.sample();
    world.put(
        Samples.tagged(world.peering(Samples.PEERING), Tags.CIDRS, "10.110.0.0/16 10.120.0.0/24"));
    world.setVpnAddresses(List.of());
    assertThatExceptionOfType(NoVpnInstance.class)
        .isThrownBy(this::run)
        .withMessageContainingAll("vpc-0aaaaaaaaaaaaaaaa", "peerway:role=vpn", "redrive");
    assertThat(world.transcript().changes()).isEmpty();
  }

  private JsonNode run() {
    return Invoked.step(new JoinServiceHandler(FakeAws.of(world)), Inputs.STEP);
  }
}
