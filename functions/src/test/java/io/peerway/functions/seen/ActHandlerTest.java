package io.peerway.functions.seen;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.functions.Invoked;
import io.peerway.testing.FakeAws;
import io.peerway.testing.FakeWorkflows;
import io.peerway.testing.World;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActHandlerTest {
  private static final String REPAIR = "{'act': 'repair', 'id': 'pcx-0a1b2c3d4e5f60718'}";

  private Instant now = Boards.NOW;
  private final FakeWorkflows workflows = new FakeWorkflows();
  private final ActHandler handler =
      new ActHandler(
          FakeAws.with(World.sample()).workflows(workflows).clock(Boards.clock(() -> now)).aws(),
          Boards.environment());

  @Test
  void a_button_starts_one_run_for_its_connection_however_often_it_is_pressed() {
    String html = act(REPAIR);
    assertThat(html)
        .contains("Begun: repair of pcx-0a1b2c3d4e5f60718")
        .contains("endpoint=\"" + Boards.ACT + "\"", "&quot;widget&quot;:&quot;run&quot;");
    assertThat(act(REPAIR)).contains("It has begun already");
    assertThat(workflows.started())
        .singleElement()
        .asString()
        .startsWith("reconcile pcx-0a1b2c3d4e5f60718-repair-")
        .endsWith(" repairs pcx-0a1b2c3d4e5f60718");
    now = now.plusSeconds(60);
    assertThat(act(REPAIR)).contains("Begun: ");
    assertThat(act("{'act': 'plan', 'id': 'pcx-0a1b2c3d4e5f60718'}")).contains("Begun: plan");
    assertThat(workflows.started()).hasSize(3).last().asString().contains(" plans ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | act: plan or repair expected, got: ",
        "{'act': 'REPAIR', 'id': 'pcx-0a1b2c3d4e5f60718'} | got: REPAIR",
        "{'act': 'repair'} | id: a VPC peering connection id",
        "{'act': 'repair', 'id': '*'} | got: *",
        "{'act': 'repair', 'id': {'a': 1}} | got: {",
        "{'act': '<script>'} | got: &lt;script&gt;",
        "nothing | a JSON object expected",
      })
  void whatever_else_it_is_given_starts_nothing(String event, String expected) {
    assertThat(act(event)).contains(expected).contains("role=\"alert\"");
    assertThat(workflows.started()).isEmpty();
  }

  private String act(String event) {
    return Invoked.step(handler, event).asText();
  }
}
