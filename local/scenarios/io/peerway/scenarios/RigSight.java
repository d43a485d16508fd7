package io.peerway.scenarios;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What is so and what has been: the network, the calls of AWS, what people were told. */
final class RigSight {
  private final Rig rig;
  private final List<Call> calls = new ArrayList<>();

  RigSight(Rig rig) {
    this.rig = rig;
  }

  /** Everything that people were told about a peering connection. */
  List<String> told(String peering) {
    return Rig.JSON
        .convertValue(rig.ask("/notifications", Map.of()), new TypeReference<List<JsonNode>>() {})
        .stream()
        .map(letter -> letter.path("subject").asText() + "\n" + letter.path("message").asText())
        .filter(text -> text.contains(peering))
        .toList();
  }

  // The network as it is.

  /** As {@code route table -> destination}, every route whose target is this peering connection. */
  List<String> routesTo(String peering) {
    return rig.ask("/snapshot", Map.of())
        .get("routeTables")
        .valueStream()
        .flatMap(
            table ->
                table
                    .get("routes")
                    .valueStream()
                    .filter(route -> peering.equals(route.path("target").asText()))
                    .map(
                        route ->
                            table.get("id").asText() + " -> " + route.get("destination").asText()))
        .toList();
  }

  /** Of the fullest route table, the local route aside. */
  int mostRoutes() {
    return rig.ask("/snapshot", Map.of())
        .get("routeTables")
        .valueStream()
        .mapToInt(
            table ->
                (int)
                    table
                        .get("routes")
                        .valueStream()
                        .filter(route -> !route.path("target").asText().equals("local"))
                        .count())
        .max()
        .orElse(0);
  }

  /** Every rule that lets the VPN instance in, in whatever group of the service VPC. */
  List<String> openingsIn(Service service) {
    return openingsIn(service, rig.lab().vpnAddress());
  }

  /** Those that let this address in. */
  List<String> openingsIn(Service service, String address) {
    return rig.ask("/snapshot", Map.of())
        .get("securityGroups")
        .valueStream()
        .filter(group -> group.get("vpc").asText().equals(service.id()))
        .flatMap(
            group ->
                group
                    .get("ingress")
                    .valueStream()
                    .filter(rule -> rule.toString().contains(address + "/32"))
                    .map(rule -> group.get("name").asText() + ": " + rule))
        .toList();
  }

  /** The names of all security groups of the service VPC. */
  List<String> groupsIn(Service service) {
    return rig.ask("/snapshot", Map.of())
        .get("securityGroups")
        .valueStream()
        .filter(group -> group.get("vpc").asText().equals(service.id()))
        .map(group -> group.get("name").asText())
        .toList();
  }

  /** Live peering connections of a service VPC. */
  List<String> peeringsOf(Service service) {
    return peeringsOf(service.id());
  }

  List<String> peeringsOf(String vpc) {
    return rig.ask("/snapshot", Map.of())
        .get("peerings")
        .valueStream()
        .filter(p -> p.toString().contains(vpc))
        .filter(p -> List.of("pending-acceptance", "active").contains(p.get("status").asText()))
        .map(p -> p.get("id").asText())
        .toList();
  }

  String peeringStatus(String peering) {
    return rig.ask("/snapshot", Map.of())
        .get("peerings")
        .valueStream()
        .filter(p -> p.get("id").asText().equals(peering))
        .map(p -> p.get("status").asText())
        .findFirst()
        .orElse("gone");
  }

  /** The CIDRs that Peerway has admitted for it and noted, once it has. */
  Optional<String> claim(String peering) {
    return rig
        .ec2(Rig.HUB_ACCOUNT)
        .describeVpcPeeringConnections(r -> r.vpcPeeringConnectionIds(peering))
        .vpcPeeringConnections()
        .stream()
        .flatMap(seen -> seen.tags().stream())
        .filter(tag -> tag.key().equals("peerway:cidrs"))
        .map(Tag::value)
        .findFirst();
  }

  // The call log.

  int lastCall() {
    return callsSince(0).size();
  }

  // What is in the log stays as it is, so that each call is asked for once.
  synchronized List<Call> callsSince(int seq) {
    calls.addAll(
        Rig.JSON.convertValue(
            rig.ask("/calls", Map.of("since", calls.size())), new TypeReference<List<Call>>() {}));
    return List.copyOf(calls.subList(seq, calls.size()));
  }

  /** Calls that changed something for this connection. */
  List<Call> changes(String peering) {
    return callsSince(0).stream()
        .filter(call -> call.mutating() && call.effect() && peering.equals(call.connection()))
        .toList();
  }
}
