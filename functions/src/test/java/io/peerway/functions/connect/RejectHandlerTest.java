package io.peerway.functions.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.functions.Emitted;
import io.peerway.functions.Inputs;
import io.peerway.functions.Invoked;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.testing.FakeAws;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RejectHandlerTest {

  private final World world = World.sample();

  @Test
  void rejects_a_pending_request_and_tells_why() {
    JsonNode notice = reject();
    assertThat(notice.get("subject").asText())
        .isEqualTo("Peerway: pcx-0a1b2c3d4e5f60718 refused (SomeRule)");
    assertThat(notice.get("message").asText())
        .contains("SomeRule", "a is not b", "The request was rejected.");
    assertThat(world.transcript().lines())
        .containsExactly("  hub: pcx-0a1b2c3d4e5f60718", "! hub: reject pcx-0a1b2c3d4e5f60718");
  }

  @Test
  void a_refusal_is_counted_by_its_rule() {
    try (Emitted emitted = new Emitted()) {
      reject();
      assertThat(emitted.lines()).containsExactly("Refusals 1.0 Count [Rule=SomeRule]");
    }
  }

  @Test
  void a_second_time_changes_nothing() {
    reject();
    world.transcript().forget();
    assertThat(reject().get("message").asText()).contains("is rejected and stays as it is");
    assertThat(world.transcript().changes()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"PROVISIONING", "ACTIVE"})
  void never_cuts_a_connection(PeeringStatus status) {
    world.put(Samples.request(status));
    assertThat(reject().get("message").asText()).contains(status.code() + " and stays as it is");
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void a_request_that_is_gone_is_told_all_the_same() {
    JsonNode notice =
        Invoked.step(
            handler(), "{'peeringId': 'pcx-00000000', 'refusal': %s}".formatted(Inputs.REFUSAL));
    assertThat(notice.get("message").asText()).contains("The request is gone.");
  }

  @Test
  void a_request_that_the_hub_sent_is_deleted_by_the_hub_whether_the_account_lets_us_in_or_not() {
    askedByHub();
    world.close(Samples.SERVICE_ACCOUNT);
    assertThat(reject().get("message").asText()).contains("was deleted");
    assertThat(world.transcript().changes()).containsExactly("hub: delete pcx-0a1b2c3d4e5f60718");
    world.transcript().forget();
    assertThat(reject().get("message").asText()).contains("is deleted and stays as it is");
    assertThat(world.transcript().changes()).isEmpty();
  }

  @Test
  void a_request_that_the_hub_sent_and_somebody_has_accepted_is_never_cut() {
    askedByHub();
    world.put(Samples.in(world.peering(Samples.PEERING), PeeringStatus.ACTIVE));
    assertThat(reject().get("message").asText()).contains("is active and stays as it is");
    assertThat(world.transcript().changes()).isEmpty();
  }

  private void askedByHub() {
    world.put(
        new Peering(
            Samples.PEERING,
            PeeringStatus.PENDING_ACCEPTANCE,
            Samples.hubSide(),
            Samples.serviceSide(),
            Map.of()));
  }

  private JsonNode reject() {
    return Invoked.step(
        handler(),
        "{'peeringId': 'pcx-0a1b2c3d4e5f60718', 'refusal': %s, 'execution': 'e'}"
            .formatted(Inputs.REFUSAL));
  }

  private RejectHandler handler() {
    return new RejectHandler(FakeAws.of(world));
  }
}
