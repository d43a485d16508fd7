package io.peerway.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.model.RouteTable;
import io.peerway.model.error.Drifted;
import io.peerway.model.error.NotYetVisible;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifyHandlerTest {

  private final World world = World.sample();

  @BeforeEach
  void joined() {
    Invoked.step(new HubRoutesHandler(world.hub()), Inputs.STEP);
    Invoked.step(
        new JoinServiceHandler(Samples.settings(), world.hub(), world.serviceAccounts()),
        Inputs.STEP);
    world.transcript().forget();
  }

  @Test
  void reads_both_sides_back_and_says_so() {
    JsonNode notice = verify();
    assertThat(notice.get("subject").asText())
        .isEqualTo("Peerway: pcx-0a1b2c3d4e5f60718 connected");
    assertThat(notice.get("message").asText()).contains("10.110.0.0/16", "i-1");
    assertThat(world.transcript().lines())
        .containsExactly(
            "  hub: route tables of vpc-0aaaaaaaaaaaaaaaa",
            "  210987654321: route tables of vpc-0bbbbbbbbbbbbbbbb",
            "  210987654321: security groups of vpc-0bbbbbbbbbbbbbbbb");
  }

  @Test
  void everything_that_was_undone_meanwhile_is_named() {
    RouteTable table = world.tables(Samples.HUB_VPC).getFirst();
    world.put(new RouteTable(table.id(), table.vpc(), List.of(), table.tags()));
    RouteTable other = world.tables(Samples.SERVICE_VPC).getFirst();
    world.put(new RouteTable(other.id(), other.vpc(), List.of(), other.tags()));
    assertThatExceptionOfType(Drifted.class)
        .isThrownBy(this::verify)
        .withMessageContainingAll(
            "pcx-0a1b2c3d4e5f60718", "rtb-00000001", "10.120.0.0/24", "rtb-10000001");
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void routes_of_a_peering_connection_that_is_gone_are_waited_for() {
    world.hub().apply(Samples.PEERING).ensureDeleted(Samples.PEERING);
    assertThatExceptionOfType(NotYetVisible.class)
        .isThrownBy(this::verify)
        .withMessageContaining("rtb-00000001: 10.110.0.0/16 -> pcx-0a1b2c3d4e5f60718");
  }

  @Test
  void an_opening_that_is_gone_is_named() {
    assertThatExceptionOfType(Drifted.class)
        .isThrownBy(() -> verify("10.100.0.10/32', '10.100.0.99/32"))
        .withMessageContaining("not there: allow tcp/22 from 10.100.0.99/32");
  }

  private JsonNode verify() {
    return verify("10.100.0.10/32");
  }

  private JsonNode verify(String addresses) {
    return Invoked.step(
        new VerifyHandler(Samples.settings(), world.hub(), world.serviceAccounts()),
        "{'connection': %s, 'vpnAddresses': ['%s'], 'vpnInstances': ['i-1'], 'execution': 'e'}"
            .formatted(Inputs.CONNECTION, addresses));
  }
}
