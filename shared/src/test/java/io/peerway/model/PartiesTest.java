package io.peerway.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Complete;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PartiesTest {

  private final Peering asked = Samples.request(PeeringStatus.PENDING_ACCEPTANCE);
  private final Peering askedByHub =
      new Peering(
          Samples.PEERING,
          PeeringStatus.PENDING_ACCEPTANCE,
          Samples.hubSide(),
          Samples.serviceSide(),
          Map.of());

  @Test
  void the_end_that_was_asked_has_to_accept() {
    assertThat(Parties.accepter(asked, Samples.HUB_VPC)).isEqualTo(Connection.End.HUB);
    assertThat(Parties.accepter(askedByHub, Samples.HUB_VPC)).isEqualTo(Connection.End.SERVICE);
  }

  @Test
  void the_service_is_the_other_end_whoever_asked() {
    assertThat(Parties.service(asked, Samples.HUB_VPC)).isEqualTo(Samples.serviceSide());
    assertThat(Parties.service(askedByHub, Samples.HUB_VPC)).isEqualTo(Samples.serviceSide());
  }

  @Test
  void a_connection_has_the_cidrs_that_were_read() {
    for (Peering peering : new Peering[] {asked, askedByHub}) {
      Connection connection =
          Parties.connection(
              peering, Samples.HUB_VPC, Samples.HUB_CIDRS, Samples.SERVICE_CIDRS.subList(0, 1));
      assertThat(connection.hub()).isEqualTo(Samples.hubSide());
      assertThat(connection.service().cidrs()).isEqualTo(Samples.SERVICE_CIDRS.subList(0, 1));
    }
  }

  @Test
  void a_peering_of_other_vpcs_is_none_of_our_business() {
    assertThat(Parties.outOfScope(asked, Samples.OTHER_VPC))
        .hasValueSatisfying(
            reason ->
                assertThat(reason)
                    .contains(
                        Samples.OTHER_VPC.value(),
                        Samples.SERVICE_VPC.value(),
                        Samples.HUB_VPC.value()));
  }

  @ParameterizedTest
  @EnumSource
  void only_a_live_peering_connection_is_worked_on(PeeringStatus status) {
    boolean live = !Parties.outOfScope(Samples.in(asked, status), Samples.HUB_VPC).isPresent();
    assertThat(live).isEqualTo(status.isPending() || status.isAccepted());
  }

  @Test
  void an_accepted_peering_connection_of_the_same_vpcs_succeeds_one_that_was_deleted() {
    Peering next = again(PeeringStatus.ACTIVE, Samples.serviceSide(), Samples.hubSide());
    Peering nextOfHub = again(PeeringStatus.PROVISIONING, Samples.hubSide(), Samples.serviceSide());
    assertThat(successor(asked, next)).contains(next);
    assertThat(successor(nextOfHub)).contains(nextOfHub);
  }

  @Test
  void nothing_succeeds_where_there_is_none_but_itself() {
    assertThat(successor(Samples.in(asked, PeeringStatus.ACTIVE))).isEmpty();
    assertThat(successor()).isEmpty();
  }

  @Test
  void a_peering_connection_with_another_vpc_succeeds_nothing() {
    VpcSide other =
        new VpcSide(Samples.OTHER_ACCOUNT, Samples.REGION, Samples.OTHER_VPC, Samples.HUB_CIDRS);
    assertThat(
            successor(
                again(PeeringStatus.ACTIVE, other, Samples.hubSide()),
                again(PeeringStatus.ACTIVE, Samples.serviceSide(), other)))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a_request_is_the_next_one_and_succeeds_once_it_is_accepted(PeeringStatus status) {
    Peering other = again(status, Samples.serviceSide(), Samples.hubSide());
    assertThat(successor(other).isPresent()).isEqualTo(status.isAccepted());
    assertThat(Parties.next(Samples.connection(), new Complete<>(List.of(other))).isPresent())
        .isEqualTo(status.isPending() || status.isAccepted());
  }

  private static Peering again(PeeringStatus status, VpcSide requester, VpcSide accepter) {
    return new Peering(Samples.OTHER_PEERING, status, requester, accepter, Map.of());
  }

  private static Optional<Peering> successor(Peering... live) {
    return Parties.successor(Samples.connection(), new Complete<>(List.of(live)));
  }
}
