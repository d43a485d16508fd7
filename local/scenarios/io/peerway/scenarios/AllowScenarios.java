package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What service teams open with the tag {@code peerway:allow}. */
@ExtendWith(RigExtension.class)
@DisplayName("A group's tag opens")
final class AllowScenarios {
  private final Rig rig;

  AllowScenarios(Rig rig) {
    this.rig = rig;
  }

  @Test
  @DisplayName("a range of ports and ping, and closes them again when it goes")
  void rangeAndPing() {
    Service service = rig.service();
    rig.people().connectByTag(service);
    assertThat(answers(service, 8000)).isFalse();
    assertThat(ping(service)).isFalse();

    allow(service, "tcp/22,tcp/8000-8100,icmp");

    eventually("ping", () -> ping(service));
    assertThat(answers(service, 8000)).isTrue();
    assertThat(answers(service, 8100)).isTrue();
    assertThat(answers(service, 7999)).isFalse();
    assertThat(answers(service, 8101)).isFalse();
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    // A rule of its owner, of a shape that is none of ours, stays.
    rig.ec2(service)
        .authorizeSecurityGroupIngress(
            r ->
                r.groupId(service.instance().securityGroup())
                    .ipProtocol("icmp")
                    .fromPort(8)
                    .toPort(-1)
                    .cidrIp("10.0.0.0/8"));

    allow(service, "tcp/22");

    eventually("the range closed", () -> !answers(service, 8000));
    assertThat(ping(service)).as("by its owner's rule").isTrue();
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName("what of it can be read, and the rest is told once")
  void slip() {
    Service service = rig.service();
    String peering = rig.people().connectByTag(service);

    allow(service, "tcp/22,http");

    eventually("the letter", () -> rig.sight().told(peering).size() == 2);
    assertThat(rig.sight().told(peering)).last().asString().contains("http", service.id());
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    assertThat(rig.executions().startAgain(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.sight().told(peering)).hasSize(2);
  }

  private void allow(Service service, String value) {
    rig.ec2(service)
        .createTags(
            r ->
                r.resources(service.instance().securityGroup())
                    .tags(Tag.builder().key("peerway:allow").value(value).build()));
  }

  private boolean ping(Service service) {
    return rig.lab().onMachine("company", "ping", "-c1", "-W1", service.instance().ip()).exit()
        == 0;
  }

  // Nothing listens there: an open port refuses at once, a closed one says nothing.
  private boolean answers(Service service, int port) {
    String connect = "exec 3<>/dev/tcp/%s/%d".formatted(service.instance().ip(), port);
    return rig.lab()
        .onMachine("company", "timeout", "1", "bash", "-c", connect)
        .stderr()
        .contains("refused");
  }

  private static void eventually(String what, java.util.function.BooleanSupplier seen) {
    Rig.eventually(what, () -> seen.getAsBoolean() ? Optional.of(true) : Optional.<Boolean>empty());
  }
}
