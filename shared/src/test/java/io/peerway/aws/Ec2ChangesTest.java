package io.peerway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.error.NotYetVisible;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.error.RouteTableFull;
import io.peerway.model.network.Change;
import io.peerway.model.network.Ingress;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ec2ChangesTest extends AwsTest {

  private static final SecurityGroupId GROUP = new SecurityGroupId("sg-00000001");
  private static final Change ROUTE =
      new Change.AddRoute(
          new RouteTableId("rtb-00000001"), new Cidr("10.110.0.0/16"), Samples.PEERING);
  private static final Ingress SSH = new Ingress(Port.parse("tcp/22"), new Cidr("10.100.0.10/32"));
  private static final Ingress DNS = new Ingress(Port.parse("udp/53"), new Cidr("10.100.0.10/32"));

  @ParameterizedTest
  @ValueSource(strings = {"DependencyViolation", "InvalidGroup.InUse"})
  void a_group_that_is_still_used_stays_and_that_is_said(String code) {
    refuses("DeleteSecurityGroup", code);
    assertThat(hub().apply(new Change.DeleteVpnGroup(GROUP))).isEqualTo(Change.Effect.STILL_IN_USE);
    refuses("DeleteSecurityGroup", "InvalidGroup.NotFound");
    assertThat(hub().apply(new Change.DeleteVpnGroup(GROUP))).isEqualTo(Change.Effect.MADE);
  }

  @Test
  void a_route_goes_through_the_peering_connection() {
    aws.answers("CreateRoute", DONE);
    hub().apply(ROUTE);
    assertThat(last().form())
        .isEqualTo(
            Map.of(
                "RouteTableId", "rtb-00000001",
                "DestinationCidrBlock", "10.110.0.0/16",
                "VpcPeeringConnectionId", "pcx-0a1b2c3d4e5f60718"));
  }

  @Test
  void a_route_that_is_there_already_is_no_failure() {
    refuses("CreateRoute", "RouteAlreadyExists");
    assertThatCode(() -> hub().apply(ROUTE)).doesNotThrowAnyException();
  }

  @Test
  void a_full_route_table_says_what_to_do() {
    refuses("CreateRoute", "RouteLimitExceeded");
    assertThatExceptionOfType(RouteTableFull.class)
        .isThrownBy(() -> hub().apply(ROUTE))
        .withMessageContainingAll("rtb-00000001", "10.110.0.0/16", "Make room", "redrive");
  }

  @ParameterizedTest
  @ValueSource(strings = {"InvalidRouteTableID.NotFound", "InvalidVpcPeeringConnectionID.NotFound"})
  void what_a_route_needs_may_not_be_visible_yet(String code) {
    refuses("CreateRoute", code);
    assertThatExceptionOfType(NotYetVisible.class).isThrownBy(() -> hub().apply(ROUTE));
  }

  @Test
  void our_group_is_made_with_its_tag_and_then_opened() {
    aws.answers("CreateSecurityGroup", "<Response><groupId>sg-00000001</groupId></Response>");
    aws.answers("AuthorizeSecurityGroupIngress", DONE);
    create();
    assertThat(aws.requests().getFirst().form())
        .containsAllEntriesOf(
            Map.of(
                "GroupName", "peerway-vpc-0aaaaaaaaaaaaaaaa",
                "VpcId", "vpc-0bbbbbbbbbbbbbbbb",
                "TagSpecification.1.ResourceType", "security-group",
                "TagSpecification.1.Tag.1.Key", "peerway:hub",
                "TagSpecification.1.Tag.1.Value", "vpc-0aaaaaaaaaaaaaaaa"));
    // Letters, digits, spaces and a few others: EC2 API reference, "CreateSecurityGroup".
    assertThat(aws.requests().getFirst().form().get("GroupDescription"))
        .matches("[A-Za-z0-9 ._\\-:/()#,@\\[\\]+=&;{}!$*]{1,255}");
    assertThat(last().form())
        .containsAllEntriesOf(
            Map.of(
                "GroupId", "sg-00000001",
                "IpPermissions.1.IpProtocol", "tcp",
                "IpPermissions.1.FromPort", "22",
                "IpPermissions.1.ToPort", "22",
                "IpPermissions.1.IpRanges.1.CidrIp", "10.100.0.10/32"));
  }

  @Test
  void a_group_that_another_run_made_a_moment_ago_is_looked_for_again() {
    refuses("CreateSecurityGroup", "InvalidGroup.Duplicate");
    assertThatExceptionOfType(NotYetVisible.class)
        .isThrownBy(this::create)
        .withMessageContainingAll("peerway-vpc-0aaaaaaaaaaaaaaaa", "peerway:hub");
  }

  @Test
  void another_refusal_to_make_our_group_is_a_failure() {
    refuses("CreateSecurityGroup", "SecurityGroupLimitExceeded");
    assertThatExceptionOfType(RefusedByAws.class)
        .isThrownBy(this::create)
        .withMessageContaining("SecurityGroupLimitExceeded");
  }

  @Test
  void a_group_just_made_may_not_be_visible_to_the_next_call() {
    aws.answers("CreateSecurityGroup", "<Response><groupId>sg-00000001</groupId></Response>");
    refuses("AuthorizeSecurityGroupIngress", "InvalidGroup.NotFound");
    assertThatExceptionOfType(NotYetVisible.class).isThrownBy(this::create);
  }

  @Test
  void an_opening_that_is_there_already_is_no_failure() {
    refuses("AuthorizeSecurityGroupIngress", "InvalidPermission.Duplicate");
    assertThatCode(() -> hub().apply(new Change.AllowIngress(GROUP, List.of(SSH))))
        .doesNotThrowAnyException();
    assertThat(aws.requests()).hasSize(1);
  }

  @Test
  void one_opening_that_is_there_already_does_not_keep_the_others_out() {
    refuses("AuthorizeSecurityGroupIngress", "InvalidPermission.Duplicate");
    refuses("AuthorizeSecurityGroupIngress", "InvalidPermission.Duplicate");
    aws.answers("AuthorizeSecurityGroupIngress", DONE);
    hub().apply(new Change.AllowIngress(GROUP, List.of(SSH, DNS)));
    assertThat(aws.requests())
        .extracting(request -> request.form().getOrDefault("IpPermissions.2.IpProtocol", "alone"))
        .containsExactly("udp", "alone", "alone");
    assertThat(last().form()).containsEntry("IpPermissions.1.FromPort", "53");
  }

  @Test
  void nothing_to_open_is_no_call() {
    hub().apply(new Change.AllowIngress(GROUP, List.of()));
    assertThat(aws.requests()).isEmpty();
  }

  private void create() {
    hub().apply(new Change.CreateVpnGroup(Samples.SERVICE_VPC, Samples.HUB_VPC, List.of(SSH)));
  }
}
