package io.peerway.aws;

import io.peerway.model.error.NotYetVisible;
import io.peerway.model.network.Change;
import io.peerway.model.network.Ingress;
import io.peerway.model.network.Tags;
import io.peerway.model.value.SecurityGroupId;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Makes {@link Change}s of routes and security groups. */
final class Ec2Changes {
  private final Ec2Calls ec2;
  private final SecurityGroupRecords groups;

  /**
   * Changes in one account and Region.
   *
   * @param groups what an opening of ours looks like
   */
  Ec2Changes(Ec2Calls ec2, SecurityGroupRecords groups) {
    this.ec2 = ec2;
    this.groups = groups;
  }

  Change.Effect apply(Change change) {
    switch (change) {
      case Change.AddRoute route -> addRoute(route);
      case Change.CreateVpnGroup group -> createVpnGroup(group);
      case Change.AllowIngress allow -> allow(allow);
      case Change.RemoveRoute route -> removeRoute(route);
      case Change.RevokeIngress revoke -> revoke(revoke);
      case Change.DeleteVpnGroup group -> {
        return deleteVpnGroup(group);
      }
    }
    return Change.Effect.MADE;
  }

  // Answers RouteAlreadyExists when another run was quicker; Verify then reads whose route it is.
  private void addRoute(Change.AddRoute route) {
    ec2.callUnless(
        Set.of("RouteAlreadyExists"),
        route.toString(),
        client ->
            client.createRoute(
                r ->
                    r.routeTableId(route.table().value())
                        .destinationCidrBlock(route.destination().value())
                        .vpcPeeringConnectionId(route.peering().value())
                        .overrideConfiguration(ec2.caller())));
  }

  private void removeRoute(Change.RemoveRoute route) {
    ec2.callUnless(
        Set.of("InvalidRoute.NotFound", "InvalidRouteTableID.NotFound"),
        route.toString(),
        client ->
            client.deleteRoute(
                r ->
                    r.routeTableId(route.table().value())
                        .destinationCidrBlock(route.destination().value())
                        .overrideConfiguration(ec2.caller())));
  }

  private void revoke(Change.RevokeIngress change) {
    boolean revoked =
        ec2.callUnless(
            Set.of("InvalidPermission.NotFound", "InvalidGroup.NotFound"),
            change.toString(),
            client ->
                client.revokeSecurityGroupIngress(
                    r ->
                        r.groupId(change.group().value())
                            .ipPermissions(
                                change.ingress().stream().map(groups::permission).toList())
                            .overrideConfiguration(ec2.caller())));
    // One that is gone already makes EC2 refuse the others with it.
    if (!revoked && change.ingress().size() > 1) {
      for (Ingress one : change.ingress()) {
        revoke(new Change.RevokeIngress(change.group(), List.of(one)));
      }
    }
  }

  // A group that an interface has, or a rule of another group names, cannot be deleted (EC2 API
  // reference, "DeleteSecurityGroup").
  private Change.Effect deleteVpnGroup(Change.DeleteVpnGroup change) {
    return ec2.call(
        change.toString(),
        client -> {
          try {
            client.deleteSecurityGroup(
                r -> r.groupId(change.group().value()).overrideConfiguration(ec2.caller()));
            return Change.Effect.MADE;
          } catch (AwsServiceException e) {
            return switch (AwsErrors.code(e)) {
              case "DependencyViolation", "InvalidGroup.InUse" -> Change.Effect.STILL_IN_USE;
              case "InvalidGroup.NotFound" -> Change.Effect.MADE;
              default -> throw e;
            };
          }
        });
  }

  private void createVpnGroup(Change.CreateVpnGroup change) {
    String name = Change.CreateVpnGroup.name(change.hub());
    SecurityGroupId id =
        ec2.call(
            change.toString(),
            client -> {
              try {
                return new SecurityGroupId(createdGroup(client, name, change));
              } catch (AwsServiceException e) {
                if (AwsErrors.code(e).equals("InvalidGroup.Duplicate")) {
                  throw takenName(name, change);
                }
                throw e;
              }
            });
    allow(new Change.AllowIngress(id, change.ingress()));
  }

  private String createdGroup(Ec2Client client, String name, Change.CreateVpnGroup change) {
    return client
        .createSecurityGroup(
            r ->
                r.groupName(name)
                    .description(
                        "Lets the VPN instances of " + change.hub() + " in; kept by Peerway")
                    .vpcId(change.vpc().value())
                    .tagSpecifications(
                        TagSpecification.builder()
                            .resourceType(ResourceType.SECURITY_GROUP)
                            .tags(Ec2Calls.tag(Tags.HUB, change.hub().value()))
                            .build())
                    .overrideConfiguration(ec2.caller()))
        .groupId();
  }

  // Another run has just made it: the next plan sees it. One without our tag is somebody else's
  // and stays so.
  private NotYetVisible takenName(String name, Change.CreateVpnGroup change) {
    return new NotYetVisible(
        "account "
            + ec2.account()
            + ": "
            + change.vpc()
            + " has a group "
            + name
            + " that was not listed with the tag "
            + Tags.HUB
            + " yet. If it is not ours, rename it, then redrive.");
  }

  private void allow(Change.AllowIngress change) {
    if (change.ingress().isEmpty()) {
      return;
    }
    boolean added =
        ec2.callUnless(
            Set.of("InvalidPermission.Duplicate"),
            change.toString(),
            client ->
                client.authorizeSecurityGroupIngress(
                    r ->
                        r.groupId(change.group().value())
                            .ipPermissions(
                                change.ingress().stream().map(groups::permission).toList())
                            .overrideConfiguration(ec2.caller())));
    // EC2 adds all openings of a call or none: where another run was quicker with one of them, the
    // others still have to be added.
    if (!added && change.ingress().size() > 1) {
      for (Ingress one : change.ingress()) {
        allow(new Change.AllowIngress(change.group(), List.of(one)));
      }
    }
  }
}
