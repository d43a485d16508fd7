package io.peerway.plan.events;

import io.peerway.model.network.Ingress;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a CloudTrail record of a call about a security group names: by their properties in
 * the request, or, where the request has rule ids alone, in the answer (EC2 API reference,
 * "RevokeSecurityGroupIngress": "revokedSecurityGroupRuleSet").
 */
public final class RuleRecords {
  private RuleRecords() {}

  /** Those that could be openings of ours. */
  public static List<Ingress> of(Map<String, Object> record) {
    List<Ingress> rules = new ArrayList<>();
    // One rule may be written out in the request itself.
    if (EventFields.at(record, "requestParameters") instanceof Map<?, ?> request) {
      add(rules, request, request.get("cidrIp"));
    }
    for (Map<?, ?> permission : EventFields.items(record, "requestParameters", "ipPermissions")) {
      EventFields.items(permission, "ipRanges")
          .forEach(range -> add(rules, permission, range.get("cidrIp")));
    }
    EventFields.items(record, "responseElements", "revokedSecurityGroupRuleSet")
        .forEach(rule -> add(rules, rule, rule.get("cidrIpv4")));
    return rules;
  }

  private static void add(List<Ingress> rules, Map<?, ?> rule, @Nullable Object source) {
    if (source instanceof String cidr) {
      EventFields.parsed(Cidr::new, cidr)
          .flatMap(from -> port(rule).map(port -> new Ingress(port, from)))
          .ifPresent(rules::add);
    }
  }

  // Protocols may be numbers (IANA, "Protocol Numbers").
  private static Optional<Port> port(Map<?, ?> rule) {
    String protocol =
        switch (String.valueOf(rule.get("ipProtocol"))) {
          case "1" -> "icmp";
          case "6" -> "tcp";
          case "17" -> "udp";
          case String name -> name;
        };
    String ports = rule.get("fromPort") + "-" + rule.get("toPort");
    return EventFields.parsed(
        Port::parse,
        // All of its types and codes.
        protocol.equals("icmp") && ports.equals("-1--1") ? protocol : protocol + "/" + ports);
  }
}
