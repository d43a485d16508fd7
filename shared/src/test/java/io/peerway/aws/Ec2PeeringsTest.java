package io.peerway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.error.Denied;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.network.Peering;
import io.peerway.testing.Samples;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ec2PeeringsTest extends AwsTest {

  @Test
  void a_listing_whose_last_page_fails_is_no_listing() {
    peerings("pcx-00000001", "page 2");
    refuses("DescribeVpcPeeringConnections", "InvalidNextToken");
    assertThatExceptionOfType(RefusedByAws.class).isThrownBy(() -> hub().livePeerings());
  }

  @Test
  void one_peering_connection_is_read_in_whatever_status() {
    peerings("pcx-00000001", "");
    assertThat(hub().peering(Samples.PEERING)).map(Peering::id).isPresent();
    assertThat(last().form())
        .isEqualTo(Map.of("VpcPeeringConnectionId.1", Samples.PEERING.value()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "InvalidVpcPeeringConnectionID.NotFound",
        "InvalidVpcPeeringConnectionId.NotFound"
      })
  void one_that_ec2_does_not_know_is_empty(String code) {
    refuses("DescribeVpcPeeringConnections", code);
    assertThat(hub().peering(Samples.PEERING)).isEmpty();
  }

  @Test
  void not_being_allowed_to_read_one_does_not_make_it_unknown() {
    refuses("DescribeVpcPeeringConnections", "UnauthorizedOperation");
    assertThatExceptionOfType(Denied.class).isThrownBy(() -> hub().peering(Samples.PEERING));
  }

  @ParameterizedTest
  @ValueSource(strings = {"InvalidStateTransition", "IncorrectState"})
  void a_request_that_was_decided_meanwhile_is_read_again(String code) {
    refuses("AcceptVpcPeeringConnection", code);
    refuses("RejectVpcPeeringConnection", code);
    refuses("DeleteVpcPeeringConnection", code);
    // Accept tells its state anew; who ends it has to know that it has ended.
    assertThatCode(() -> hub().ensureAccepted(Samples.PEERING)).doesNotThrowAnyException();
    assertThatExceptionOfType(NotYetVisible.class)
        .isThrownBy(() -> hub().ensureRejected(Samples.PEERING));
    assertThatExceptionOfType(NotYetVisible.class)
        .isThrownBy(() -> hub().ensureDeleted(Samples.PEERING));
  }

  @Test
  void a_request_that_is_not_visible_yet_is_asked_for_again() {
    refuses("AcceptVpcPeeringConnection", "InvalidVpcPeeringConnectionID.NotFound");
    assertThatExceptionOfType(NotYetVisible.class)
        .isThrownBy(() -> hub().ensureAccepted(Samples.PEERING))
        .withMessageContaining("pcx-0a1b2c3d4e5f60718");
  }

  // Both sides have asked, and the other request was accepted first.
  @Test
  void a_second_request_between_two_vpcs_is_looked_at_again() {
    refuses("AcceptVpcPeeringConnection", "VpcPeeringConnectionAlreadyExists");
    assertThatExceptionOfType(NotYetVisible.class)
        .isThrownBy(() -> hub().ensureAccepted(Samples.PEERING))
        .withMessageContaining("pcx-0a1b2c3d4e5f60718");
  }

  @Test
  void anything_else_is_a_failure() {
    refuses("AcceptVpcPeeringConnection", "VpcPeeringConnectionsPerVpcLimitExceeded");
    assertThatExceptionOfType(RefusedByAws.class)
        .isThrownBy(() -> hub().ensureAccepted(Samples.PEERING))
        .withMessageContainingAll(
            "accept pcx-0a1b2c3d4e5f60718 in account hub",
            "VpcPeeringConnectionsPerVpcLimitExceeded",
            "in words");
  }

  @Test
  void a_peering_that_another_run_has_asked_for_is_to_be_looked_for_again() {
    refuses("CreateVpcPeeringConnection", "VpcPeeringConnectionAlreadyExists");
    assertThatExceptionOfType(NotYetVisible.class)
        .isThrownBy(() -> hub().ensureRequested(Samples.SERVICE_VPC, Samples.hubSide()))
        .withMessageContainingAll(Samples.SERVICE_VPC.value(), Samples.HUB_VPC.value());
  }
}
