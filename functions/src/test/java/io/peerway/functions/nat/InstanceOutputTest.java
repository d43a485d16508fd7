package io.peerway.functions.nat;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.value.Cidr;
import io.peerway.plan.nat.AppliedSet;
import io.peerway.plan.nat.Tracking;
import io.peerway.testing.FakeVpnInstances;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceOutputTest {

  private static final List<Cidr> SERVICES = Cidr.list("10.110.0.0/16");
  private static final List<Cidr> CLIENTS = Cidr.list("172.168.0.0/24");
  private static final String REPORT =
      FakeVpnInstances.report("applied", SERVICES, CLIENTS, "0123");

  @Test
  void is_the_last_line_that_is_an_object() {
    assertThat(InstanceOutput.parse("{\"outcome\":\"earlier\"}\n" + REPORT + "done\r\n"))
        .contains(new AppliedSet("applied", CLIENTS, SERVICES, "0123"));
  }

  @Test
  void may_lack_the_list_of_services() {
    assertThat(InstanceOutput.parse(FakeVpnInstances.report("applied", List.of(), CLIENTS, "0123")))
        .contains(new AppliedSet("applied", CLIENTS, null, "0123"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing here",
        "{}",
        "{not json}",
        "{\"outcome\":\"failed\",\"reason\":\"flock\"}",
        "{\"outcome\":\"applied\",\"services\":[\"10.0.0.1/8\"],\"clients\":[],\"servicesDigest\":\"0\"}",
        "{\"outcome\":\"applied\",\"services\":[],\"clients\":[]}",
        "{\"outcome\":\"applied\",\"services\":[\"10.0.0.0/8\",..."
      })
  void is_none_where_nothing_can_be_read(String output) {
    assertThat(InstanceOutput.parse(output)).isEmpty();
  }

  @Test
  void what_is_counted_of_connections_may_be_missing_or_null() {
    assertThat(
            InstanceOutput.tracking(
                "{\"outcome\":\"report\",\"tracked\":7,\"trackedMost\":262144,\"insertFailed\":4294967326}"))
        .contains(new Tracking(7, 262_144, 4_294_967_326L));
    assertThat(InstanceOutput.tracking("{\"outcome\":\"report\",\"tracked\":null}"))
        .contains(new Tracking(null, null, null));
    assertThat(InstanceOutput.tracking("no JSON")).isEmpty();
    assertThat(InstanceOutput.tracking("{\"tracked\":\"many\"}")).isEmpty();
  }
}
