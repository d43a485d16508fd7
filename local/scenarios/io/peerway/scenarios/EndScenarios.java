package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Tag;

@ExtendWith(RigExtension.class)
@DisplayName("The end of a connection")
final class EndScenarios {
  private final Rig rig;

  EndScenarios(Rig rig) {
    this.rig = rig;
  }

  @Test
  @DisplayName(
      "a peering deleted by the service team leaves nothing behind, and a running ssh to another"
          + " service survives that")
  void deletedByService() {
    Service other = rig.service();
    rig.people().connect(other);
    Service service = rig.service();
    String peering = rig.people().request(service);
    assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    LongSession session = new LongSession(rig, other);

    rig.ec2(service.account()).deleteVpcPeeringConnection(r -> r.vpcPeeringConnectionId(peering));

    assertThat(rig.executions().disconnection(peering).status()).isEqualTo("SUCCEEDED");
    assertNothingLeft(peering, service);
    assertThat(rig.sight().told(peering)).last().asString().contains(service.id());
    session.assertWhole();
  }

  @Test
  @DisplayName("a peering deleted by the hub's people leaves nothing behind either")
  void deletedByHub() {
    Service service = rig.service();
    String peering = rig.people().request(service);
    rig.executions().of(peering);

    rig.ec2(Rig.HUB_ACCOUNT).deleteVpcPeeringConnection(r -> r.vpcPeeringConnectionId(peering));

    assertThat(rig.executions().disconnection(peering).status()).isEqualTo("SUCCEEDED");
    assertNothingLeft(peering, service);
  }

  @Test
  @DisplayName("a service VPC that is deleted is disconnected at once, though its peering is gone")
  void vpcDeleted() {
    Service service = rig.service(Map.of("instance", false));
    String peering = rig.people().request(service);
    assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.lab().natServices()).contains(service.cidr());

    delete(service);

    assertThat(rig.executions().disconnection(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.sight().peeringStatus(peering)).isEqualTo("deleted");
    assertThat(rig.sight().routesTo(peering)).isEmpty();
    assertThat(rig.lab().natServices()).doesNotContain(service.cidr());
    assertThat(rig.sight().told(peering)).last().asString().contains(service.id());
  }

  @Test
  @DisplayName(
      "a tagged VPC that somebody empties and tries to delete is let go, so that the next try"
          + " succeeds")
  void deletionHeldUp() {
    Service service = rig.service(Map.of("instance", false));
    String peering = rig.people().connectByTag(service);
    empty(service, group -> group.groupName().startsWith("peerway-"));
    Ec2Client ec2 = rig.ec2(service);
    assertThatThrownBy(() -> ec2.deleteVpc(r -> r.vpcId(service.id())))
        .hasMessageContaining("dependencies");

    assertThat(rig.executions().disconnection(peering).status()).isEqualTo("SUCCEEDED");

    assertThat(rig.sight().told(peering))
        .last()
        .asString()
        .contains(service.id() + " is being deleted");
    assertThat(rig.sight().groupsIn(service)).containsExactly("default");
    ec2.deleteVpc(r -> r.vpcId(service.id()));
    rig.events().quiet(service);
    assertThat(rig.sight().peeringsOf(service)).isEmpty();
  }

  // All that stands against its deletion goes first, the group of ours as well.
  private void delete(Service service) {
    empty(service, group -> false);
    rig.ec2(service).deleteVpc(r -> r.vpcId(service.id()));
  }

  private void empty(Service service, Predicate<SecurityGroup> but) {
    Ec2Client ec2 = rig.ec2(service);
    ec2.describeRouteTables(r -> r.routeTableIds(service.routeTables())).routeTables().stream()
        .flatMap(table -> table.associations().stream())
        .filter(association -> !association.main())
        .forEach(
            association ->
                ec2.disassociateRouteTable(
                    r -> r.associationId(association.routeTableAssociationId())));
    service.subnets().forEach(subnet -> ec2.deleteSubnet(r -> r.subnetId(subnet)));
    service.routeTables().stream()
        .skip(1)
        .forEach(table -> ec2.deleteRouteTable(r -> r.routeTableId(table)));
    ec2
        .describeSecurityGroups(
            r -> r.filters(Filter.builder().name("vpc-id").values(service.id()).build()))
        .securityGroups()
        .stream()
        .filter(group -> !group.groupName().equals("default") && !but.test(group))
        .forEach(group -> ec2.deleteSecurityGroup(r -> r.groupId(group.groupId())));
  }

  @Test
  @DisplayName("tag decision=refuse on a live connection disconnects it")
  void refusedLater() {
    Service service = rig.service();
    String peering = rig.people().request(service);
    rig.executions().of(peering);

    rig.people().refuse(peering);

    assertThat(rig.executions().disconnection(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.sight().peeringStatus(peering)).isEqualTo("deleted");
    assertNothingLeft(peering, service);
    assertThat(rig.sight().told(peering)).last().asString().contains("peerway:decision=refuse");
  }

  @Test
  @DisplayName(
      "what an account without our role keeps is told, and taken away by the daily reconcile once"
          + " the role is back")
  void leftBehind() {
    Service service = rig.service();
    String peering = rig.people().request(service);
    assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");
    rig.people().unequip(service);

    rig.people().refuse(peering);

    assertThat(rig.executions().disconnection(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.sight().peeringStatus(peering)).isEqualTo("deleted");
    assertThat(rig.sight().told(peering))
        .last()
        .asString()
        .contains("its routes (Denied)", "our security group and openings (Denied)");
    assertThat(rig.sight().routesTo(peering)).hasSameSizeAs(service.routeTables());
    assertThat(rig.sight().openingsIn(service)).isNotEmpty();

    rig.people().equip(service);
    RigExecutions.Reconciled found = rig.executions().reconcile(Map.of("accounts", "all"));
    assertThat(found.lines("changes")).anyMatch(line -> line.contains("left in " + service.id()));
    rig.executions().reconcile(Map.of("mode", "repair", "accounts", "all"));

    assertNothingLeft(peering, service);
    assertThat(rig.executions().reconcile(Map.of("accounts", "all")).lines("changes"))
        .noneMatch(line -> line.contains(service.id()));
  }

  @Test
  @DisplayName("a connection that the hub asked for ends as any other once a person refuses it")
  void askedForByHub() {
    Service service = rig.service();
    String peering = rig.people().requestByHub(service);
    assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());

    rig.people().refuse(peering);

    assertThat(rig.executions().disconnection(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.sight().peeringStatus(peering)).isEqualTo("deleted");
    assertNothingLeft(peering, service);
    assertThat(rig.sight().told(peering)).last().asString().contains("peerway:decision=refuse");
    // The hub deletes it as its requester.
    assertThat(rig.sight().changes(peering))
        .filteredOn(call -> call.action().equals("ec2:DeleteVpcPeeringConnection"))
        .singleElement()
        .satisfies(call -> assertThat(call.account()).isEqualTo(Rig.HUB_ACCOUNT))
        .satisfies(call -> assertThat(call.function()).isEqualTo("DeletePeeringFunction"));
  }

  @Test
  @DisplayName("a second run of disconnect changes nothing and tells nobody")
  void again() {
    Service service = rig.service();
    String peering = rig.people().request(service);
    rig.executions().of(peering);
    rig.ec2(service.account()).deleteVpcPeeringConnection(r -> r.vpcPeeringConnectionId(peering));
    rig.executions().disconnection(peering);
    int before = rig.sight().lastCall();
    List<String> told = rig.sight().told(peering);

    assertThat(rig.executions().startAgain("DisconnectStateMachineArn", peering).status())
        .isEqualTo("SUCCEEDED");

    // The command is sent again: it is the only way to read what the instance has in force.
    assertThat(rig.sight().callsSince(before))
        .filteredOn(call -> call.mutating() && call.effect() && peering.equals(call.connection()))
        .extracting(Call::action)
        .containsOnly("ssm:SendCommand");
    assertThat(rig.sight().told(peering)).isEqualTo(told);
  }

  @Test
  @DisplayName("an opening goes also out of a group whose owner has taken peerway:allow off it")
  void groupNoLongerTagged() {
    Service service = rig.service();
    String peering = rig.people().request(service);
    rig.executions().of(peering);
    rig.ec2(service)
        .deleteTags(
            r ->
                r.resources(service.instance().securityGroup())
                    .tags(Tag.builder().key("peerway:allow").build()));

    rig.ec2(service).deleteVpcPeeringConnection(r -> r.vpcPeeringConnectionId(peering));

    assertThat(rig.executions().disconnection(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.sight().openingsIn(service)).isEmpty();
  }

  @Test
  @DisplayName("disconnect leaves a connection alone that nothing stands against")
  void stillWanted() {
    Service service = rig.service();
    String peering = rig.people().request(service);
    rig.executions().of(peering);

    assertThat(rig.executions().startAgain("DisconnectStateMachineArn", peering).status())
        .isEqualTo("SUCCEEDED");

    assertThat(rig.sight().peeringStatus(peering)).isEqualTo("active");
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName("nothing that is not ours is removed")
  void foreign() {
    Service service = rig.service();
    String peering = rig.people().request(service);
    rig.executions().of(peering);
    String table = service.routeTables().getLast();
    String group = service.instance().securityGroup();
    rig.ec2(service.account())
        .createRoute(
            r ->
                r.routeTableId(table)
                    .destinationCidrBlock("10.99.0.0/16")
                    .instanceId(service.instance().id()));
    rig.ec2(service.account())
        .authorizeSecurityGroupIngress(
            r ->
                r.groupId(group)
                    .ipPermissions(
                        IpPermission.builder()
                            .ipProtocol("tcp")
                            .fromPort(443)
                            .toPort(443)
                            .ipRanges(
                                IpRange.builder().cidrIp(rig.lab().vpnAddress() + "/32").build())
                            .build()));

    rig.ec2(service.account()).deleteVpcPeeringConnection(r -> r.vpcPeeringConnectionId(peering));

    assertThat(rig.executions().disconnection(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.sight().routesTo(peering)).isEmpty();
    assertThat(rig.sight().routesTo(service.instance().id()))
        .containsExactly(table + " -> 10.99.0.0/16");
    assertThat(rig.sight().openingsIn(service)).hasSize(1).first().asString().contains("443");
    assertThat(rig.sight().groupsIn(service)).containsExactlyInAnyOrder("default", "app");
  }

  private void assertNothingLeft(String peering, Service service) {
    assertThat(rig.lab().natServices()).doesNotContain(service.cidr());
    assertThat(rig.sight().routesTo(peering)).isEmpty();
    assertThat(rig.sight().openingsIn(service)).isEmpty();
    assertThat(rig.sight().groupsIn(service)).containsExactlyInAnyOrder("default", "app");
    assertThat(rig.lab().ssh(service, "hostname").exit()).isNotZero();
  }
}
