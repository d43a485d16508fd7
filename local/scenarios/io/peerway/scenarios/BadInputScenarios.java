package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that anybody sends makes us change something, or try for ever. */
@ExtendWith(RigExtension.class)
@DisplayName("Bad input")
final class BadInputScenarios {
  private static final String UNKNOWN = "pcx-0badc0de0badc0de0";

  private final Rig rig;

  BadInputScenarios(Rig rig) {
    this.rig = rig;
  }

  /** An event that passes the rule and cannot be read. */
  record Malformed(String what, Map<String, ?> detail) {
    @Override
    public String toString() {
      return what;
    }
  }

  static List<Malformed> malformed() {
    return List.of(
        new Malformed("no peering connection in it", created(Map.of())),
        new Malformed(
            "a number where a peering connection should be",
            created(Map.of("vpcPeeringConnection", 7))),
        new Malformed(
            "an id of something else",
            created(Map.of("vpcPeeringConnection", Map.of("vpcPeeringConnectionId", "vpc-1")))),
        new Malformed(
            "an id with a command in it",
            created(
                Map.of("vpcPeeringConnection", Map.of("vpcPeeringConnectionId", "pcx-$(reboot)")))),
        new Malformed(
            "300 KB in place of an id",
            created(
                Map.of(
                    "vpcPeeringConnection",
                    Map.of("vpcPeeringConnectionId", "x".repeat(300 * 1024))))));
  }

  @ParameterizedTest(
      name =
          "an event of the hub account with {0} is kept in the dead-letter queue and starts nothing")
  @MethodSource
  void malformed(Malformed event) {
    int before = rig.sight().lastCall();
    int executions = rig.executions().arns("").size();
    Map<String, Object> sent = Events.cloudTrail(event.detail());

    rig.events().emit(sent);

    assertThat(rig.events().inDeadLetterQueue(sent)).contains(String.valueOf(sent.get("id")));
    assertThat(rig.executions().arns("")).hasSize(executions);
    assertNothingChanged(before);
  }

  @ParameterizedTest(
      name =
          "an event of a service account with {0} has its account looked at, and changes nothing")
  @MethodSource("malformed")
  void unreadable(Malformed event) {
    Service service = rig.service(Map.of("instance", false));
    int before = rig.sight().lastCall();
    int looks = rig.executions().arns("LookAtAccountStateMachineArn", service.account()).size();

    rig.events().emit(Events.of(service.account(), event.detail()));

    assertThat(
            rig.executions()
                .lastOf("LookAtAccountStateMachineArn", service.account(), looks + 1)
                .status())
        .isEqualTo("SUCCEEDED");
    assertNothingChanged(before);
  }

  @Test
  @DisplayName("an event of somebody else's starts nothing")
  void foreignEvent() {
    int before = rig.sight().lastCall();
    int executions = rig.executions().arns("").size();

    rig.events().emit(Events.envelope("com.example", "Order Placed", Map.of("order", 7)));
    rig.events()
        .emit(
            Events.cloudTrail(
                Map.of("eventSource", "ec2.amazonaws.com", "eventName", "RunInstances")));

    rig.ask("/settle", Map.of());
    assertThat(rig.executions().arns("")).hasSize(executions);
    assertNothingChanged(before);
  }

  @Test
  @DisplayName("an event of 300 KB that names a peering connection is handled as any other")
  void largeEvent() {
    Service service = rig.service();
    String peering = rig.people().request(service);
    rig.executions().of(peering);
    int before = rig.sight().lastCall();
    Map<String, Object> event =
        Events.peeringCreated(peering, service, rig.hubVpc(), "x".repeat(300 * 1024));

    rig.events().emit(event);

    Rig.eventually(
        "the execution",
        () ->
            rig.executions().arns(peering).size() == 2
                ? Optional.of(true)
                : Optional.<Boolean>empty());
    rig.executions().of(peering);
    assertNothingChanged(before);
  }

  @Test
  @DisplayName("a peering connection that nobody knows ends the run without a change")
  void unknownPeering() {
    int before = rig.sight().lastCall();

    assertThat(rig.executions().startAgain(UNKNOWN).status()).isEqualTo("SUCCEEDED");
    assertNothingChanged(before);
  }

  @Test
  @DisplayName("a peering connection between two services is none of our business")
  void notWithTheHub() {
    Service one = rig.service();
    Service other = rig.service();
    String peering =
        rig.ec2(one.account())
            .createVpcPeeringConnection(
                r -> r.vpcId(one.id()).peerVpcId(other.id()).peerOwnerId(other.account()))
            .vpcPeeringConnection()
            .vpcPeeringConnectionId();
    int before = rig.sight().lastCall();

    assertThat(rig.executions().startAgain(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.sight().peeringStatus(peering)).isEqualTo("pending-acceptance");
    assertNothingChanged(before);
  }

  @Test
  @DisplayName("a peering connection that is deleted already ends the run without a change")
  void deleted() {
    Service service = rig.service();
    String peering = rig.people().request(service);
    rig.executions().of(peering);
    rig.ec2(service.account()).deleteVpcPeeringConnection(r -> r.vpcPeeringConnectionId(peering));
    rig.executions().disconnection(peering);
    int before = rig.sight().lastCall();

    assertThat(rig.executions().startAgain(peering).status()).isEqualTo("SUCCEEDED");
    assertNothingChanged(before);
  }

  private void assertNothingChanged(int before) {
    assertThat(rig.sight().callsSince(before))
        .filteredOn(call -> call.function() != null && call.mutating())
        .filteredOn(call -> !call.action().equals("ssm:SendCommand"))
        .isEmpty();
  }

  private static Map<String, Object> created(Map<String, ?> responseElements) {
    return Map.of(
        "eventSource",
        "ec2.amazonaws.com",
        "eventName",
        "CreateVpcPeeringConnection",
        "responseElements",
        responseElements);
  }
}
