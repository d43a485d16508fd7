package io.peerway.plan.seen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Complete;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.nat.VpnCount;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PictureTest {
  private static final InstanceId VPN = new InstanceId("i-0cccccccccccccccc");
  private static final InstanceId OPEN_VPN = new InstanceId("i-0eeeeeeeeeeeeeeee");

  private final Runs run = new Runs();

  @Test
  void who_needs_somebody_comes_first() {
    Peering drifted = Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.130.0.0/16");
    run.changed(Samples.OTHER_PEERING + ": add route a, since before noon");
    Picture picture = picture(Runs.CONNECTED, drifted);
    assertThat(picture.services())
        .extracting(Service::id)
        .containsExactly(Samples.OTHER_PEERING, Samples.PEERING);
    assertThat(picture.services())
        .extracting(Service::name)
        .containsExactly("345678901234", "payments");
    assertThat(picture.counts()).isEqualTo(Map.of(State.DRIFTED, 1, State.CONNECTED, 1));
  }

  @Test
  void of_what_is_over_only_what_tells_something_is_shown_and_not_beside_its_successor() {
    Peering rejected = Samples.request(PeeringStatus.REJECTED);
    assertThat(picture(rejected).services()).hasSize(1);
    assertThat(picture(Samples.request(PeeringStatus.EXPIRED)).services()).isEmpty();
    Peering next =
        new Peering(
            Samples.OTHER_PEERING,
            PeeringStatus.PENDING_ACCEPTANCE,
            Samples.serviceSide(),
            Samples.hubSide(),
            Map.of());
    assertThat(picture(rejected, next).services())
        .extracting(Service::id)
        .containsExactly(Samples.OTHER_PEERING);
  }

  @Test
  void of_what_is_over_the_one_that_is_being_deleted_and_the_one_that_left_something_are_shown() {
    assertThat(picture(Samples.request(PeeringStatus.DELETING)).services()).hasSize(1);
    assertThat(picture(Samples.in(Runs.CONNECTED, PeeringStatus.EXPIRED)).services()).hasSize(1);
  }

  @Test
  void a_peering_connection_of_another_vpc_is_none_of_the_picture() {
    VpcSide other = new VpcSide(Samples.HUB_ACCOUNT, Samples.REGION, Samples.OTHER_VPC, List.of());
    Peering others =
        new Peering(
            Samples.OTHER_PEERING, PeeringStatus.ACTIVE, Samples.serviceSide(), other, Map.of());
    assertThat(picture(others, Runs.CONNECTED).services())
        .extracting(Service::id)
        .containsExactly(Samples.PEERING);
  }

  @Test
  void those_in_the_same_state_are_in_the_order_of_their_names() {
    Peering auth =
        Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.130.0.0/16")
            .with(Tags.ACCOUNT, "auth");
    Peering second =
        Samples.other(new PeeringId("pcx-00000001"), PeeringStatus.ACTIVE, "10.140.0.0/16");
    Picture picture = picture(Runs.CONNECTED, auth, second.with(Tags.ACCOUNT, "auth"));
    assertThat(picture.services())
        .extracting(Service::name, Service::id)
        .containsExactly(
            tuple("auth", second.id()),
            tuple("auth", auth.id()),
            tuple("payments", Samples.PEERING));
    assertThat(picture.service(Samples.PEERING)).map(Service::name).contains("payments");
    assertThat(picture.service(new PeeringId("pcx-00000002"))).isEmpty();
  }

  @Test
  void before_the_first_run_the_hubs_addresses_are_those_that_a_peering_connection_shows() {
    VpcSide blind = new VpcSide(Samples.HUB_ACCOUNT, Samples.REGION, Samples.HUB_VPC, List.of());
    Peering pending =
        new Peering(
            Samples.OTHER_PEERING,
            PeeringStatus.PENDING_ACCEPTANCE,
            Samples.serviceSide(),
            blind,
            Map.of());
    Picture before = unread(pending, Runs.CONNECTED);
    assertThat(before.hub()).isEqualTo(Samples.HUB_CIDRS);
    assertThat(before.seen()).isNull();
    assertThat(before.refusedVpcs()).isEmpty();
    assertThat(unread(pending).hub()).isEmpty();
  }

  @Test
  void after_a_run_they_are_those_that_it_read_and_so_are_the_vpcs_that_were_refused() {
    run.refused(Samples.OTHER_VPC);
    Picture picture = picture();
    assertThat(picture.hub()).isEqualTo(Samples.HUB_CIDRS);
    assertThat(picture.refusedVpcs()).containsExactly(Samples.OTHER_VPC);
  }

  @Test
  void vpn_instances_are_those_that_answered_and_those_that_something_is_said_of() {
    run.counted(new VpnCount(VPN, 10, 100, 0L, 0L))
        .unread("VPN instance i-0dddddddddddddddd: answered as Failed");
    Picture picture = picture(Runs.CONNECTED);
    assertThat(picture.vpn())
        .extracting(Vpn::state)
        .containsExactly(State.CONNECTED, State.UNKNOWN);
    assertThat(picture.vpn().getFirst().count().flatMap(VpnCount::used)).contains(10.0);
  }

  @Test
  void of_a_vpn_instance_the_worst_is_said_that_was_found_of_it_and_of_no_other() {
    run.left("VPN instance i-0cccccccccccccccc: a chain of others")
        .left("OpenVPN on VPN instance i-0eeeeeeeeeeeeeeee: no route is pushed");
    assertThat(picture().vpn())
        .containsExactly(
            vpn(VPN, State.CONNECTED, "a chain of others"),
            vpn(OPEN_VPN, State.CONNECTED, "it translates what it should"));
    run.changed("VPN instance i-0cccccccccccccccc: add to the set, since before noon");
    assertThat(picture().vpn()).startsWith(vpn(VPN, State.DRIFTED, "add to the set"));
    run.unread("VPN instance i-0cccccccccccccccc: answered as Failed");
    assertThat(picture().vpn())
        .containsExactly(
            vpn(VPN, State.UNKNOWN, "answered as Failed"),
            vpn(OPEN_VPN, State.CONNECTED, "it translates what it should"));
  }

  @Test
  void what_is_said_of_all_vpn_instances_is_a_note_and_what_is_not_known_comes_first() {
    assertThat(picture().vpnNote()).isEmpty();
    run.changed("VPN instances: translate 10.110.0.0/16, since before noon");
    assertThat(picture().vpnNote()).isEqualTo("translate 10.110.0.0/16");
    run.unread("VPN instances: none answered");
    assertThat(picture().vpnNote()).isEqualTo("none answered");
  }

  private static Vpn vpn(InstanceId id, State state, String why) {
    return new Vpn(id, state, why, Optional.empty());
  }

  private static Picture unread(Peering... peerings) {
    return Picture.of(
        new Complete<>(List.of(peerings)), Optional.empty(), Samples.settings(), Runs.NOW);
  }

  private Picture picture(Peering... peerings) {
    return run.picture(Samples.settings(), peerings);
  }
}
