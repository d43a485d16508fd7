package io.peerway.plan.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import io.peerway.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which connection an address is behind, and what is said where it is behind none. */
class WhereaboutsTest {
  private static final Cidr ADDRESS = Cidr.ofAddress("10.110.0.10");
  private static final Peering ACTIVE = Samples.request(PeeringStatus.ACTIVE);
  private static final Peering ADMITTED = Samples.tagged(ACTIVE, Tags.CIDRS, "10.110.0.0/16");
  private static final VpcSide STRANGER =
      new VpcSide(
          Samples.OTHER_ACCOUNT, Samples.REGION, Samples.OTHER_VPC, Cidr.list("10.110.0.0/16"));

  private final List<Peering> peerings = new ArrayList<>();

  @Test
  void an_address_is_behind_the_connection_that_was_admitted_with_it() {
    peerings.add(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.111.0.0/16"));
    peerings.add(ADMITTED);
    assertThat(of(ADDRESS))
        .isInstanceOfSatisfying(
            Whereabouts.Connected.class,
            found -> {
              assertThat(found.connection().peeringId()).isEqualTo(Samples.PEERING);
              assertThat(found.connection().hub()).isEqualTo(Samples.hubSide());
              assertThat(found.connection().service().cidrs())
                  .isEqualTo(Cidr.list("10.110.0.0/16"));
            });
  }

  @Test
  void a_peering_connection_of_other_vpcs_is_none_of_ours_whatever_its_tags_say() {
    Peering others = others();
    peerings.add(others);
    assertThat(said(ADDRESS))
        .isEqualTo("10.110.0.10 is in no VPC that is connected, or has asked to be");
    assertThat(said(others.id())).contains("is no peering connection of vpc-0aaaaaaaaaaaaaaaa");
    assertThat(all()).isEmpty();
  }

  @Test
  void what_was_made_by_hand_is_looked_at_by_the_cidrs_that_ec2_shows() {
    peerings.add(ACTIVE);
    assertThat(of(Cidr.ofAddress("10.120.0.7"))).isInstanceOf(Whereabouts.Connected.class);
    assertThat(said(Cidr.ofAddress("10.121.0.7"))).contains("is in no VPC that is connected");
  }

  @Test
  void of_all_connections_only_those_that_stand_are_searched() {
    peerings.add(ADMITTED);
    peerings.add(withdrawn(Samples.OTHER_PEERING));
    peerings.add(
        Samples.other(new PeeringId("pcx-00000003"), PeeringStatus.DELETED, "10.9.0.0/16"));
    assertThat(all()).containsExactly(Samples.PEERING);
  }

  @Test
  void an_address_of_the_vpc_that_was_not_let_in_is_told_what_was() {
    peerings.add(ADMITTED);
    assertThat(said(Cidr.ofAddress("10.120.0.7")))
        .isEqualTo(
            "10.120.0.7 is in vpc-0bbbbbbbbbbbbbbbb of 210987654321, outside of what"
                + " pcx-0a1b2c3d4e5f60718 was let in with: [10.110.0.0/16]");
    peerings.set(0, Samples.tagged(ADMITTED, Tags.LEFT_OUT, "10.120.0.0/24"));
    assertThat(said(Cidr.ofAddress("10.120.0.7")))
        .isEqualTo(
            "10.120.0.7 is in vpc-0bbbbbbbbbbbbbbbb of 210987654321, in a CIDR that came later and"
                + " was refused: [10.120.0.0/24]");
  }

  @Test
  void of_two_that_had_the_address_the_one_that_is_alive_explains_more() {
    peerings.add(Samples.other(Samples.OTHER_PEERING, PeeringStatus.DELETED, "10.110.0.0/16"));
    peerings.add(Samples.request(PeeringStatus.PENDING_ACCEPTANCE));
    assertThat(said(ADDRESS)).contains("whose request pcx-0a1b2c3d4e5f60718 is not accepted");
    peerings.add(peerings.removeFirst());
    assertThat(said(ADDRESS)).contains("whose request pcx-0a1b2c3d4e5f60718 is not accepted");
  }

  @Test
  void a_request_that_waits_says_what_for_and_who_may_approve_it() {
    Peering pending = Samples.request(PeeringStatus.PENDING_ACCEPTANCE);
    peerings.add(pending);
    assertThat(elsewhere(pending.id()).mend())
        .isEqualTo(
            "aws ec2 create-tags --region eu-west-1 --resources pcx-0a1b2c3d4e5f60718 --tags"
                + " Key=peerway:decision,Value=approve");
    peerings.set(0, Samples.tagged(pending, Tags.WAITS_FOR, "10.110.0.0/16"));
    assertThat(said(pending.id()))
        .isEqualTo(
            "pcx-0a1b2c3d4e5f60718 joins vpc-0bbbbbbbbbbbbbbbb of 210987654321, whose request"
                + " pcx-0a1b2c3d4e5f60718 waits until the hub VPC has room");
  }

  @Test
  void one_that_is_ending_is_no_way_any_more() {
    peerings.add(withdrawn(Samples.PEERING));
    assertThat(said(Samples.PEERING))
        .isEqualTo(
            "pcx-0a1b2c3d4e5f60718 joins vpc-0bbbbbbbbbbbbbbbb of 210987654321, whose connection"
                + " pcx-0a1b2c3d4e5f60718 is ending");
    assertThat(said(ADDRESS)).endsWith("whose connection pcx-0a1b2c3d4e5f60718 is ending");
  }

  @Test
  void who_ended_one_that_is_over_is_looked_for_on_both_sides_whoever_had_asked_for_it() {
    for (Peering over :
        List.of(
            Samples.request(PeeringStatus.DELETED),
            new Peering(
                Samples.PEERING,
                PeeringStatus.DELETED,
                Samples.hubSide(),
                Samples.serviceSide(),
                Map.of()))) {
      peerings.clear();
      peerings.add(over);
      assertThat(elsewhere(over.id()))
          .satisfies(
              hop -> {
                assertThat(hop.at()).isEqualTo(Station.PEERING);
                assertThat(hop.trail())
                    .isEqualTo(
                        new Hop.Trail(
                            List.of(Samples.serviceSide(), Samples.hubSide()),
                            List.of("pcx-0a1b2c3d4e5f60718"),
                            null));
              });
    }
  }

  private static Peering withdrawn(PeeringId id) {
    return new Peering(
        id, ACTIVE.status(), ACTIVE.requester(), ACTIVE.accepter(), Map.of(Tags.CIDRS, ""));
  }

  private static Peering others() {
    return new Peering(
        Samples.OTHER_PEERING,
        PeeringStatus.ACTIVE,
        STRANGER,
        new VpcSide(
            Samples.OTHER_ACCOUNT, Samples.REGION, new VpcId("vpc-0eeeeeeeeeeeeeeee"), List.of()),
        Map.of(Tags.CIDRS, "10.110.0.0/16"));
  }

  private Whereabouts of(Cidr address) {
    return Whereabouts.of(address, seen(), Samples.settings(), Samples.HUB_CIDRS);
  }

  private String said(Cidr address) {
    return hop(of(address)).evidence();
  }

  private String said(PeeringId id) {
    return elsewhere(id).evidence();
  }

  private Hop elsewhere(PeeringId id) {
    return hop(Whereabouts.of(id, seen(), Samples.settings(), Samples.HUB_CIDRS));
  }

  private static Hop hop(Whereabouts found) {
    assertThat(found).isInstanceOf(Whereabouts.Elsewhere.class);
    return ((Whereabouts.Elsewhere) found).hop();
  }

  private List<PeeringId> all() {
    return Whereabouts.all(seen(), Samples.settings(), Samples.HUB_CIDRS).stream()
        .map(connection -> connection.peeringId())
        .toList();
  }

  private Complete<Peering> seen() {
    return new Complete<>(List.copyOf(peerings));
  }
}
