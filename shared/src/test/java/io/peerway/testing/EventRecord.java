package io.peerway.testing;

import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * CloudTrail records of EC2 calls (CloudTrail user guide, "CloudTrail record contents"): made by a
 * pipeline with Terraform, at half past seven, unless it is said otherwise.
 */
public record EventRecord(Map<String, Object> fields) {
  public static final String CALLER = "arn:aws:sts::210987654321:assumed-role/ci/run-7";

  /** Who made these calls, as people read it. */
  public static final String DOER = CALLER + " (Terraform) at 2026-11-23T07:30:00Z";

  public static EventRecord of(String name, Map<String, ?> request) {
    return new EventRecord(
        Map.of(
            "eventName",
            name,
            "eventTime",
            "2026-11-23T07:30:00Z",
            "userAgent",
            "HashiCorp Terraform/1.9.0",
            "userIdentity",
            Map.of("type", "AssumedRole", "arn", CALLER),
            "requestParameters",
            request,
            "responseElements",
            Map.of("_return", true)));
  }

  public static EventRecord deleteRoute(RouteTableId table, Cidr destination) {
    return of(
        "DeleteRoute",
        Map.of("routeTableId", table.value(), "destinationCidrBlock", destination.value()));
  }

  /**
   * Of {@code CreateRoute} or {@code ReplaceRoute}.
   *
   * @param target the peering connection
   */
  public static EventRecord route(
      String name, RouteTableId table, Cidr destination, PeeringId target) {
    return of(
        name,
        Map.of(
            "routeTableId",
            table.value(),
            "destinationCidrBlock",
            destination.value(),
            "vpcPeeringConnectionId",
            target.value()));
  }

  /** Of {@code RevokeSecurityGroupIngress} or {@code AuthorizeSecurityGroupIngress}, for SSH. */
  public static EventRecord ssh(String name, SecurityGroupId group, Cidr source) {
    Map<String, ?> rule =
        Map.of(
            "ipProtocol",
            "tcp",
            "fromPort",
            22,
            "toPort",
            22,
            "ipRanges",
            items(Map.of("cidrIp", source.value())));
    return of(name, Map.of("groupId", group.value(), "ipPermissions", items(rule)));
  }

  public static EventRecord createGroup(VpcId vpc, String name, SecurityGroupId made) {
    return of("CreateSecurityGroup", Map.of("vpcId", vpc.value(), "groupName", name))
        .with("responseElements", Map.of("groupId", made.value()));
  }

  public static EventRecord deleteGroup(SecurityGroupId group) {
    return of("DeleteSecurityGroup", Map.of("groupId", group.value()));
  }

  /** Of {@code DeleteTags} or {@code CreateTags}; without keys it is about all tags. */
  public static EventRecord tags(String name, PeeringId peering, String... keys) {
    return of(
        name,
        Map.of(
            "resourcesSet",
            items(Map.of("resourceId", peering.value())),
            "tagSet",
            Map.of("items", List.of(keys).stream().map(key -> Map.of("key", key)).toList())));
  }

  private static Map<String, ?> items(Map<String, ?> one) {
    return Map.of("items", List.of(one));
  }

  /** The same with another value of a field. */
  public EventRecord with(String field, Object value) {
    Map<String, Object> changed = new HashMap<>(fields);
    changed.put(field, value);
    return new EventRecord(changed);
  }

  /** One of Peerway's own calls. */
  public EventRecord byPeerway() {
    return with("userAgent", "aws-sdk-java/2.40.2 peerway/pcx-0a1b2c3d4e5f60718");
  }

  /** One that was refused. */
  public EventRecord refused() {
    return with("errorCode", "Client.UnauthorizedOperation");
  }

  /** As it stands in the event history. */
  public String json() {
    return json(fields);
  }

  // No text here has anything to escape.
  private static String json(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> json(entry.getKey()) + ":" + json(entry.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> list ->
          list.stream().map(EventRecord::json).collect(Collectors.joining(",", "[", "]"));
      case String text -> '"' + text + '"';
      default -> value.toString();
    };
  }
}
