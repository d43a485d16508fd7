package io.peerway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Change;
import io.peerway.model.network.Ingress;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import io.peerway.model.value.RouteTableId;
import io.peerway.testing.CannedAws;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Ec2CallsTest extends AwsTest {

  @Test
  void every_read_says_for_which_connection_it_is() {
    peerings("pcx-00000001", "page 2");
    peerings("pcx-00000002", "");
    hub().livePeerings();
    aws.answers("DescribeVpcs", listing("vpcSet", "", ""));
    hub().vpc(Samples.HUB_VPC);
    assertThat(aws.requests())
        .hasSize(3)
        .extracting((CannedAws.Request request) -> request.header("User-Agent"))
        .allMatch(agent -> agent.contains("peerway/pcx-0a1b2c3d4e5f60718"));
  }

  @Test
  void every_change_says_for_which_connection_it_is() {
    for (String operation :
        List.of("AcceptVpcPeeringConnection", "RejectVpcPeeringConnection", "CreateTags")) {
      aws.answers(operation, DONE);
    }
    aws.answers("CreateRoute", DONE);
    aws.answers("CreateSecurityGroup", "<Response><groupId>sg-00000001</groupId></Response>");
    aws.answers("AuthorizeSecurityGroupIngress", DONE);
    hub().ensureAccepted(Samples.PEERING);
    hub().ensureRejected(Samples.PEERING);
    hub().ensureTagged(Samples.PEERING, Map.of("peerway:by", "tag"));
    hub()
        .apply(
            new Change.AddRoute(
                new RouteTableId("rtb-00000001"), new Cidr("10.110.0.0/16"), Samples.PEERING));
    hub()
        .apply(
            new Change.CreateVpnGroup(
                Samples.SERVICE_VPC,
                Samples.HUB_VPC,
                List.of(new Ingress(Port.parse("tcp/22"), new Cidr("10.100.0.10/32")))));
    assertThat(aws.requests())
        .hasSize(6)
        .extracting((CannedAws.Request request) -> request.header("User-Agent"))
        .allMatch(agent -> agent.contains("peerway/pcx-0a1b2c3d4e5f60718"));
  }
}
