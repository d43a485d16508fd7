package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ec2.Ec2Client;

// Early: a change of the hub is carried to every connection there is.
@Order(1)
@ExtendWith(RigExtension.class)
@DisplayName("The hub VPC changes")
final class HubVpcScenarios {
  private static final String LATER = "10.101.0.0/20";

  private final Rig rig;
  private final Ec2Client hub;

  HubVpcScenarios(Rig rig) {
    this.rig = rig;
    this.hub = rig.ec2(Rig.HUB_ACCOUNT);
  }

  @AfterEach
  void quiet() {
    rig.events().reconciled();
  }

  @Test
  @DisplayName(
      "a CIDR that the hub VPC is given is routed from the service, and no longer once it is taken"
          + " away; an open session loses nothing")
  void cidr() {
    Service service = rig.service();
    String peering = connected(service);
    List<String> before = rig.sight().routesTo(peering);
    List<String> later =
        service.routeTables().stream().map(table -> table + " -> " + LATER).toList();
    LongSession session = new LongSession(rig, service);

    String association =
        hub.associateVpcCidrBlock(r -> r.vpcId(rig.hubVpc()).cidrBlock(LATER))
            .cidrBlockAssociation()
            .associationId();
    eventuallyRouted(peering, Stream.concat(before.stream(), later.stream()).toList());

    hub.disassociateVpcCidrBlock(r -> r.associationId(association));
    eventuallyRouted(peering, before);

    session.assertWhole();
  }

  @Test
  @DisplayName("a new route table of the hub VPC gets its route to the service")
  void routeTable() {
    Service service = rig.service();
    String peering = connected(service);
    List<String> before = rig.sight().routesTo(peering);

    String table = hub.createRouteTable(r -> r.vpcId(rig.hubVpc())).routeTable().routeTableId();

    eventuallyRouted(
        peering,
        Stream.concat(before.stream(), Stream.of(table + " -> " + service.cidr())).toList());
    hub.deleteRouteTable(r -> r.routeTableId(table));
  }

  private String connected(Service service) {
    String peering = rig.people().request(service);
    assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");
    return peering;
  }

  private void eventuallyRouted(String peering, List<String> routes) {
    Rig.eventually(
        "the routes " + routes,
        () ->
            rig.sight().routesTo(peering).stream()
                    .sorted()
                    .toList()
                    .equals(routes.stream().sorted().toList())
                ? Optional.of(true)
                : Optional.empty());
  }
}
