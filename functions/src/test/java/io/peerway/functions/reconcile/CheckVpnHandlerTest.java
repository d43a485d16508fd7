package io.peerway.functions.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.functions.Invoked;
import io.peerway.model.NatSet;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.Cidr;
import io.peerway.testing.FakeAws;
import io.peerway.testing.FakeVpnInstances;
import io.peerway.testing.Transcript;
import io.peerway.testing.World;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckVpnHandlerTest {
  private static final Instant ASKED = Instant.ofEpochMilli(1_795_420_800_000L);

  private final FakeVpnInstances vpn = new FakeVpnInstances(new Transcript());
  private String instances = "['i-00000001']";

  @Test
  void what_is_in_force_is_compared_with_what_should_be() {
    NatSet set =
        new NatSet(Cidr.list("172.168.0.0/24"), Cidr.list("10.110.0.0/16"), ASKED.toEpochMilli());
    vpn.send(set, new AllConnections());
    vpn.ask(set, new AllConnections());
    assertThat(check("question-1", 1).toString())
        .isEqualTo(
            "{\"state\":\"DONE\",\"findings\":[],\"counts\":[{\"instance\":\"i-00000001\"}]}");
    vpn.flush();
    vpn.ask(set, new AllConnections());
    assertThat(check("question-2", 1).at("/findings/0/what").asText())
        .isEqualTo("translate [172.168.0.0/24] to [10.110.0.0/16] (again)");
  }

  @Test
  void who_has_not_answered_is_waited_for_and_unknown_in_the_end() {
    assertThat(check("question-9", 60).get("state").asText()).isEqualTo("ASKED");
    JsonNode late = check("question-9", 181);
    assertThat(late.get("state").asText()).isEqualTo("DONE");
    assertThat(late.at("/findings/0/sort").asText()).isEqualTo("UNKNOWN");
  }

  @Test
  void one_that_runs_and_is_not_known_to_systems_manager_is_unknown() {
    NatSet set =
        new NatSet(Cidr.list("172.168.0.0/24"), Cidr.list("10.110.0.0/16"), ASKED.toEpochMilli());
    vpn.send(set, new AllConnections());
    vpn.ask(set, new AllConnections());
    instances = "['i-00000001', 'i-00000002']";
    JsonNode answer = check("question-1", 1);
    assertThat(answer.at("/findings/0/at").asText()).isEqualTo("VPN instance i-00000002");
    assertThat(answer.at("/findings/0/sort").asText()).isEqualTo("UNKNOWN");
    assertThat(answer.get("findings")).hasSize(1);
  }

  @Test
  void where_none_runs_that_is_what_is_found() {
    vpn.ask(new NatSet(List.of(), List.of(), 0), new AllConnections());
    instances = "[]";
    assertThat(check("question-1", 1).at("/findings/0/what").asText())
        .isEqualTo("none of them runs");
  }

  private JsonNode check(String command, int seconds) {
    return Invoked.step(
        new CheckVpnHandler(
            FakeAws.with(World.sample())
                .vpn(vpn)
                .clock(Clock.fixed(ASKED.plusSeconds(seconds), ZoneOffset.UTC))
                .aws()),
        """
        {'nat': {'state': 'ASKED', 'findings': [], 'commandId': '%s', 'wanted': {
          'clients': ['172.168.0.0/24'], 'services': ['10.110.0.0/16'],
          'generation': 1795420800000}, 'instances': %s}, 'execution': 'e'}"""
            .formatted(command, instances));
  }
}
