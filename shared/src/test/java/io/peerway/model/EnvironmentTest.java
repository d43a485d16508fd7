package io.peerway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.error.InvalidSettings;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

  @Test
  void blanks_around_a_value_are_not_part_of_it() {
    Environment environment =
        new Environment(
            Map.of("AWS_REGION", " eu-west-1", "HUB_VPC_ID", "vpc-0aaaaaaaaaaaaaaaa\n"));
    assertThat(environment.region()).isEqualTo(new Region("eu-west-1"));
    assertThat(environment.hubVpc()).isEqualTo(new VpcId("vpc-0aaaaaaaaaaaaaaaa"));
  }

  @Test
  void what_cannot_be_read_is_named_with_what_was_expected() {
    Environment environment = new Environment(Map.of("HUB_VPC_ID", "vpc-hub", "NAT_DOCUMENT", " "));
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(environment::hubVpc)
        .withMessageContainingAll("HUB_VPC_ID", "vpc-hub", "vpc-…");
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> environment.required("NAT_DOCUMENT"))
        .withMessage("NAT_DOCUMENT is not set");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no-changes",
        "arn:aws:ssm:eu-west-1:123456789012:document/no-changes",
        "arn:aws-us-gov:ssm:us-gov-west-1:123456789012:document/no.changes_7"
      })
  void a_freeze_calendar_is_named_or_has_its_arn(String calendar) {
    assertThat(new Environment(Map.of("FREEZE_CALENDAR", calendar)).freezeCalendar())
        .isEqualTo(calendar);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "no changes", "arn:aws:ssm:eu-west-1:123456789012:no-changes"})
  void what_is_no_calendar_is_refused(String text) {
    Environment environment = new Environment(Map.of("FREEZE_CALENDAR", text));
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(environment::freezeCalendar)
        .withMessageContainingAll("FREEZE_CALENDAR", "a change calendar expected", text);
  }

  @Test
  void without_a_calendar_there_is_none() {
    assertThat(new Environment(Map.of()).freezeCalendar()).isEmpty();
  }

  @Test
  void what_is_left_out_or_empty_is_as_it_is_otherwise() {
    Environment environment = new Environment(Map.of("CONNECT_ARN", " "));
    assertThat(environment.optional("CONNECT_ARN", Function.identity(), "none")).isEqualTo("none");
    assertThat(environment.optional("APPROVAL", Function.identity(), "none")).isEqualTo("none");
  }
}
