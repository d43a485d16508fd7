package io.peerway.plan.doctor;

import io.peerway.model.value.Cidr;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Port;
import io.peerway.model.value.Region;
import io.peerway.model.value.SecurityGroupId;

/**
 * Commands that mend something, as a person types them.
 *
 * @param connect the ARN of the workflow that makes and repairs a connection
 * @param region the hub's
 */
public record Mends(String connect, Region region) {

  /** What is Peerway's own is put right by Peerway. */
  String connection(PeeringId peering) {
    return "aws stepfunctions start-execution --region %s --state-machine-arn %s --input '{\"peeringId\":\"%s\"}'"
        .formatted(region, connect, peering);
  }

  String start(InstanceId instance) {
    return "aws ec2 start-instances --region %s --instance-ids %s".formatted(region, instance);
  }

  /** Where somebody has to decide about it. */
  static String approve(PeeringId peering, Region region) {
    return "aws ec2 create-tags --region %s --resources %s --tags Key=peerway:decision,Value=approve"
        .formatted(region, peering);
  }

  /** Who can see what Systems Manager knows of an instance that does not answer. */
  String showAgent(InstanceId instance) {
    return "aws ssm describe-instance-information --region %s --filters Key=InstanceIds,Values=%s"
        .formatted(region, instance);
  }

  /** What is another's is shown to whoever may change it: a rule has reasons of its own. */
  static String showAcl(Region region, String acl) {
    return "aws ec2 describe-network-acls --region %s --network-acl-ids %s".formatted(region, acl);
  }

  static String deleteRoute(Region region, String table, String destination) {
    return "aws ec2 delete-route --region %s --route-table-id %s --destination-cidr-block %s"
        .formatted(region, table, destination);
  }

  /** The owner of a table has told Peerway to leave it alone. */
  static String unskip(Region region, String table) {
    return "aws ec2 delete-tags --region %s --resources %s --tags Key=peerway:routes"
        .formatted(region, table);
  }

  /** No group of the hub VPC is Peerway's. */
  static String letOut(Region region, SecurityGroupId group, Port port, Cidr cidr) {
    String permission =
        switch (port) {
          case Port.Icmp() -> "IpProtocol=icmp,FromPort=-1,ToPort=-1";
          case Port.Range(Port.Protocol protocol, int first, int last) ->
              "IpProtocol=%s,FromPort=%d,ToPort=%d".formatted(protocol.code(), first, last);
        };
    return "aws ec2 authorize-security-group-egress --region %s --group-id %s --ip-permissions '%s,IpRanges=[{CidrIp=%s}]'"
        .formatted(region, group, permission, cidr);
  }

  /** Peerway opens a group whose tag asks for it. */
  static String allow(Region region, String group, String port) {
    return "aws ec2 create-tags --region %s --resources %s --tags Key=peerway:allow,Value=%s"
        .formatted(region, group, port);
  }
}
