package io.peerway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.error.InvalidSettings;
import io.peerway.model.error.Throttled;
import io.peerway.model.freeze.CalendarSight;
import io.peerway.model.port.FreezeCalendar;
import io.peerway.testing.Samples;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SsmFreezeCalendarTest extends AwsTest {
  private static final String ARN = "arn:aws:ssm:eu-west-1:111122223333:document/year-end";

  private FreezeCalendar calendar(String name) {
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.put("FREEZE_CALENDAR", name);
    return new AwsClients(environment).freezeCalendar();
  }

  private CalendarSight sight(String answer) {
    aws.answers("GetCalendarState", answer);
    return calendar("year-end").now(Samples.PEERING);
  }

  private CalendarSight refused(int status, String code) {
    aws.answers("GetCalendarState", status, "{\"__type\":\"" + code + "\",\"message\":\"no\"}");
    return calendar("year-end").now(Samples.PEERING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"year-end", ARN})
  void one_calendar_is_asked_by_its_name_or_arn(String name) {
    aws.answers("GetCalendarState", "{\"State\":\"OPEN\"}");
    assertThat(calendar(name).now(Samples.PEERING)).isEqualTo(new CalendarSight.Open());
    assertThat(last().body()).isEqualTo("{\"CalendarNames\":[\"" + name + "\"]}");
    assertThat(last().header("User-Agent")).contains("peerway/pcx-0a1b2c3d4e5f60718");
  }

  @Test
  void a_closed_one_says_until_when_in_whatever_offset() {
    assertThat(sight("{\"State\":\"CLOSED\",\"NextTransitionTime\":\"2026-12-24T07:00:00+01:00\"}"))
        .isEqualTo(new CalendarSight.Closed(Instant.parse("2026-12-24T06:00:00Z")));
    assertThat(sight("{\"State\":\"CLOSED\"}")).isEqualTo(new CalendarSight.Closed(null));
    assertThat(sight("{\"State\":\"CLOSED\",\"NextTransitionTime\":\"soon\"}"))
        .isEqualTo(new CalendarSight.Closed(null));
  }

  @Test
  void what_is_neither_open_nor_closed_is_not_open() {
    assertThat(sight("{\"State\":\"AJAR\"}")).isEqualTo(new CalendarSight.Closed(null));
    assertThat(sight("{}")).isEqualTo(new CalendarSight.Closed(null));
  }

  @Test
  void one_that_is_gone_or_does_not_let_us_cannot_be_read() {
    assertThat(refused(400, "InvalidDocument"))
        .isEqualTo(
            new CalendarSight.Unreadable(
                "pcx-0a1b2c3d4e5f60718: read the freeze calendar year-end: InvalidDocument: no"));
    assertThat(refused(400, "AccessDeniedException")).isInstanceOf(CalendarSight.Unreadable.class);
  }

  @Test
  void what_passes_by_itself_is_asked_again() {
    for (int i = 0; i < 9; i++) {
      aws.answers("GetCalendarState", 400, "{\"__type\":\"ThrottlingException\"}");
    }
    assertThatExceptionOfType(Throttled.class)
        .isThrownBy(() -> calendar("year-end").now(Samples.PEERING));
  }

  @Test
  void where_the_parameter_is_empty_nobody_is_asked() {
    int before = aws.asked().size();
    assertThat(calendar("").now(Samples.PEERING)).isEqualTo(new CalendarSight.Open());
    assertThat(calendar("").isSet()).isFalse();
    assertThat(aws.asked()).hasSize(before);
  }

  @Test
  void a_name_that_no_calendar_can_have_is_refused() {
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> calendar("year end"))
        .withMessageContaining(
            "FREEZE_CALENDAR: the name or the ARN of a change calendar expected");
  }
}
