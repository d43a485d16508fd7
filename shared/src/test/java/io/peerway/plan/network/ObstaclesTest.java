package io.peerway.plan.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Ingress;
import io.peerway.model.network.SecurityGroup;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Port;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ObstaclesTest {

  @Test
  void what_is_asked_for_is_what_we_have_opened_everywhere_and_what_groups_have_of_us() {
    assertThat(
            Obstacles.ports(
                Samples.settings(),
                new Complete<>(
                    List.of(
                        group(1, opening("tcp/22"), opening("tcp/80")),
                        group(2, opening("udp/53"), opening("tcp/81"))))))
        .as("what their owners have opened is theirs")
        .hasToString("[tcp/22, udp/53]");
  }

  private static SecurityGroup group(int n, Ingress ours, Ingress theirs) {
    return new SecurityGroup(
        new SecurityGroupId("sg-0000000" + n),
        "web",
        List.of(ours, theirs),
        List.of(ours),
        Map.of());
  }

  private static Ingress opening(String port) {
    return new Ingress(Port.parse(port), new Cidr("10.100.0.10/32"));
  }

  @Test
  void no_more_of_them_are_named_than_people_read_and_the_others_are_counted() {
    List<Obstacle> all =
        IntStream.range(0, 23).mapToObj(n -> Obstacle.unread("table " + n)).toList();
    assertThat(Obstacle.shortened(all.subList(0, 20))).isEqualTo(all.subList(0, 20));
    assertThat(Obstacle.shortened(all))
        .startsWith(all.subList(0, 20).toArray(Obstacle[]::new))
        .hasSize(21)
        .endsWith(Obstacle.seen("and 3 more of this kind"));
  }
}
