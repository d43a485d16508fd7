package io.peerway.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.functions.connect.HubRoutesHandler;
import io.peerway.model.error.MalformedEvent;
import io.peerway.testing.FakeAws;
import io.peerway.testing.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a step does with an input that the workflow would never send. */
class StepInputTest {

  private final World world = World.sample();

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "1", "{", "{}", "{'connection': null}"})
  void refuses_what_is_no_input(String input) {
    assertMalformed(input, "input");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'peeringId': 'pcx-0a1b2c3d4e5f60718', | `` | input.connection: peeringId is missing",
        "'accepter': 'HUB', | `` | input.connection: accepter is missing",
        "'accepter': 'HUB' | 'accepter': 'BOTH' | input.connection.accepter:",
        "'vpc': 'vpc-0aaaaaaaaaaaaaaaa', | `` | input.connection.hub: vpc is missing",
        "'10.110.0.0/16' | '10.110.0.1/16' | input.connection.service.cidrs[0]: an IPv4 CIDR",
        "'10.110.0.0/16' | null | input.connection.service",
        "'123456789012' | '12' | input.connection.hub.account: an AWS account id",
      })
  void names_the_field_that_is_missing_or_wrong(String good, String bad, String said) {
    String input = Inputs.STEP.replaceFirst(java.util.regex.Pattern.quote(good), bad);
    assertThat(input).isNotEqualTo(Inputs.STEP);
    assertMalformed(input, said.trim());
  }

  @Test
  void shows_a_hostile_value_short_and_in_one_line() {
    String hostile = "\\u001b[31m\\n" + "x".repeat(10_000);
    assertMalformed(Inputs.STEP.replace("eu-west-1", hostile), "input.connection.hub.region");
  }

  @Test
  void a_step_without_an_execution_name_runs_all_the_same() {
    String input = "{'connection': %s}".formatted(Inputs.CONNECTION);
    assertThat(Invoked.step(new HubRoutesHandler(FakeAws.of(world)), input).get("changes"))
        .hasSize(6);
  }

  private void assertMalformed(String input, String said) {
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(() -> Invoked.step(new HubRoutesHandler(FakeAws.of(world)), input))
        .withMessageContaining(said)
        .satisfies(
            e -> assertThat(e.getMessage()).hasSizeLessThan(300).doesNotContainPattern("\\p{Cc}"));
    assertThat(world.transcript().lines()).isEmpty();
  }
}
