package io.peerway.scenarios;

import java.util.Map;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What people of a service account and of the hub do, so that they are connected or no longer. */
final class RigPeople {
  private static final String CONNECT = "peerway:connect";

  private final Rig rig;

  RigPeople(Rig rig) {
    this.rig = rig;
  }

  /** Somebody switches a Region off for the account of a service. */
  void disableRegion(Service service, String region) {
    rig.ask("/regions/disable", Map.of("account", service.account(), "region", region));
  }

  /** Asks for a connection, as the service account's people would. Returns the peering id. */
  String request(Service service) {
    return rig.ec2(service)
        .createVpcPeeringConnection(
            r ->
                r.vpcId(service.id())
                    .peerVpcId(rig.hubVpc())
                    .peerOwnerId(Rig.HUB_ACCOUNT)
                    .peerRegion(Rig.HUB_REGION))
        .vpcPeeringConnection()
        .vpcPeeringConnectionId();
  }

  /** The other way round: somebody of the hub asks. */
  String requestByHub(Service service) {
    return rig.ec2(Rig.HUB_ACCOUNT)
        .createVpcPeeringConnection(
            r ->
                r.vpcId(rig.hubVpc())
                    .peerVpcId(service.id())
                    .peerOwnerId(service.account())
                    .peerRegion(service.region()))
        .vpcPeeringConnection()
        .vpcPeeringConnectionId();
  }

  /** All that its people do to be connected. */
  void tag(Service service) {
    rig.ec2(service)
        .createTags(
            r -> r.resources(service.id()).tags(Tag.builder().key(CONNECT).value("true").build()));
  }

  /** All that they do to be connected no longer. */
  void untag(Service service) {
    rig.ec2(service)
        .deleteTags(r -> r.resources(service.id()).tags(Tag.builder().key(CONNECT).build()));
  }

  /** Somebody of the hub decides against a peering connection, pending or accepted. */
  void refuse(String peering) {
    rig.ec2(Rig.HUB_ACCOUNT)
        .createTags(
            r ->
                r.resources(peering)
                    .tags(Tag.builder().key("peerway:decision").value("refuse").build()));
  }

  /** Tags the VPC, and waits until it is connected. Returns the peering id. */
  String connectByTag(Service service) {
    tag(service);
    return rig.executions().connectedByItself(service);
  }

  /** Somebody deletes the role that the hub assumes there. */
  void unequip(Service service) {
    rig.ask("/accounts/unequip", Map.of("account", service.account()));
  }

  /** The StackSet reaches the account. */
  void equip(Service service) {
    rig.ask("/accounts/equip", Map.of("account", service.account()));
  }

  /** Asks, and waits for the execution that follows. */
  EndedExecution connect(Service service) {
    return rig.executions().of(request(service));
  }
}
