package io.peerway.scenarios;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Events as EventBridge delivers them. */
final class Events {
  private Events() {}

  /** What CloudTrail reports of a peering request. */
  static Map<String, Object> peeringCreated(
      String peering, Service service, String hubVpc, String userAgent) {
    return cloudTrail(
        Map.of(
            "eventSource",
            "ec2.amazonaws.com",
            "eventName",
            "CreateVpcPeeringConnection",
            "userAgent",
            userAgent,
            "requestParameters",
            Map.of("vpcId", service.id(), "peerVpcId", hubVpc, "peerOwnerId", Rig.HUB_ACCOUNT),
            "responseElements",
            Map.of("vpcPeeringConnection", Map.of("vpcPeeringConnectionId", peering))));
  }

  /** An EC2 call with this detail. */
  static Map<String, Object> cloudTrail(Map<String, ?> detail) {
    return envelope("aws.ec2", "AWS API Call via CloudTrail", detail);
  }

  /** The same, from another account than the hub. */
  static Map<String, Object> of(String account, Map<String, ?> detail) {
    Map<String, Object> event = cloudTrail(detail);
    event.put("account", account);
    return event;
  }

  static Map<String, Object> envelope(String source, String detailType, Map<String, ?> detail) {
    Map<String, Object> event = new HashMap<>();
    event.put("version", "0");
    event.put("id", UUID.randomUUID().toString());
    event.put("source", source);
    event.put("detail-type", detailType);
    event.put("account", Rig.HUB_ACCOUNT);
    event.put("time", "2026-01-01T00:00:00Z");
    event.put("region", "eu-west-1");
    event.put("resources", java.util.List.of());
    event.put("detail", detail);
    return event;
  }
}
