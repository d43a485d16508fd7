package io.peerway.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.model.Cidr;
import io.peerway.model.Ingress;
import io.peerway.model.Peering;
import io.peerway.model.PeeringStatus;
import io.peerway.model.Port;
import io.peerway.model.SecurityGroup;
import io.peerway.model.SecurityGroupId;
import io.peerway.model.Tags;
import io.peerway.model.error.Denied;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RemoveSecurityGroupsHandlerTest {

  private final World world = World.sample();
  private final SecurityGroup web =
      new SecurityGroup(
          new SecurityGroupId("sg-00000007"),
          "web",
          List.of(new Ingress(Port.parse("tcp/80"), new Cidr("0.0.0.0/0"))),
          List.of(),
          Map.of(Tags.ALLOW, "tcp/443"));
  private List<SecurityGroup> before;

  @BeforeEach
  void connected() {
    world.put(Samples.SERVICE_VPC, web);
    before = world.groups(Samples.SERVICE_VPC);
    Invoked.step(
        new JoinServiceHandler(Samples.settings(), world.hub(), world.serviceAccounts()),
        Inputs.STEP);
    assertThat(world.groups(Samples.SERVICE_VPC)).isNotEqualTo(before);
    world.transcript().forget();
  }

  @Test
  void leaves_the_service_vpc_as_it_was_before_it_was_connected() {
    assertThat(run().get("changes")).hasSize(3);
    assertThat(world.groups(Samples.SERVICE_VPC)).isEqualTo(before);
    assertThat(world.transcript().changes())
        .contains("210987654321: revoke tcp/443 from 10.100.0.10/32 in sg-00000007")
        .last()
        .asString()
        .startsWith("210987654321: delete security group sg-");
  }

  @Test
  void leaves_the_groups_to_a_newer_connection_of_the_same_vpcs() {
    Peering newer =
        new Peering(
            Samples.OTHER_PEERING,
            PeeringStatus.ACTIVE,
            Samples.serviceSide(),
            Samples.hubSide(),
            Map.of(Tags.CIDRS, "10.110.0.0/16"));
    world.put(newer);
    assertThat(run().get("changes")).isEmpty();
    assertThat(world.transcript().changes()).isEmpty();
    // One that was never let in needs no group.
    world.put(
        new Peering(newer.id(), newer.status(), newer.requester(), newer.accepter(), Map.of()));
    assertThat(run().get("changes")).hasSize(3);
  }

  @Test
  void a_second_time_changes_nothing() {
    run();
    world.transcript().forget();
    assertThat(run().get("changes")).isEmpty();
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void a_run_that_was_cut_off_is_completed_by_the_next() {
    for (int changes = 0; changes < 3; changes++) {
      world.cutOffAfter(1);
      if (changes < 2) {
        assertThatExceptionOfType(World.CutOff.class).isThrownBy(this::run);
      } else {
        run();
      }
    }
    assertThat(world.groups(Samples.SERVICE_VPC)).isEqualTo(before);
  }

  @Test
  void an_account_that_cannot_be_entered_is_named() {
    world.close(Samples.SERVICE_ACCOUNT);
    assertThatExceptionOfType(Denied.class)
        .isThrownBy(this::run)
        .withMessageContaining("210987654321");
    assertThat(world.transcript().changes()).isEmpty();
  }

  private JsonNode run() {
    return Invoked.step(
        new RemoveSecurityGroupsHandler(world.hub(), world.serviceAccounts()),
        "{'connection': %s, 'execution': 'e'}".formatted(Inputs.WITHDRAWN));
  }
}
