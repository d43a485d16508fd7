package io.peerway.aws;

import io.peerway.model.error.Denied;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.freeze.CalendarSight;
import io.peerway.model.port.FreezeCalendar;
import io.peerway.model.value.Subject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CalendarState;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateResponse;

/** {@link FreezeCalendar} by Change Calendar of Systems Manager. */
final class SsmFreezeCalendar implements FreezeCalendar {
  private final Supplier<SsmClient> ssm;
  private final String name;

  SsmFreezeCalendar(Supplier<SsmClient> ssm, String name) {
    this.ssm = ssm;
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CalendarSight now(Subject onBehalfOf) {
    try {
      return sight(
          AwsErrors.call(
              onBehalfOf + ": read the freeze calendar " + name,
              () ->
                  ssm.get()
                      .getCalendarState(
                          r ->
                              r.calendarNames(name)
                                  .overrideConfiguration(Caller.named(onBehalfOf)))));
    } catch (Denied | RefusedByAws lasting) {
      // Such as InvalidDocument, of a calendar that is gone ("GetCalendarState", AWS Systems
      // Manager
      // API Reference): to ask again would bring the same answer.
      return new CalendarSight.Unreadable(String.valueOf(lasting.getMessage()));
    }
  }

  // What is neither of the two is no word to go ahead.
  private static CalendarSight sight(GetCalendarStateResponse answer) {
    return answer.state() == CalendarState.OPEN
        ? new CalendarSight.Open()
        : new CalendarSight.Closed(instant(answer.nextTransitionTime()));
  }

  // "An ISO 8601 string", with any offset; it only says how long to wait.
  private static @Nullable Instant instant(@Nullable String time) {
    try {
      return time == null ? null : OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException strange) {
      return null;
    }
  }
}
