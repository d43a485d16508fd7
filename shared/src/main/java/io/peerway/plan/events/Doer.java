package io.peerway.plan.events;

import io.peerway.model.value.Printable;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who made a call, as its CloudTrail record has it (CloudTrail user guide, "CloudTrail userIdentity
 * element"). What a record of another account says is that account's word.
 */
public final class Doer {
  private Doer() {}

  /** Such as {@code arn:aws:sts::…:assumed-role/ci/run-7 at 2026-11-23T08:00:00Z}. */
  public static String of(Map<String, ?> detail) {
    String who =
        Stream.of("arn", "invokedBy", "principalId", "type")
            .map(field -> EventFields.at(detail, "userIdentity", field))
            .filter(Objects::nonNull)
            .map(Doer::printed)
            .findFirst()
            .orElse("somebody");
    return Stream.of(
            who,
            tool(Objects.toString(detail.get("userAgent"), "")),
            detail.get("eventTime") == null ? "" : "at " + printed(detail.get("eventTime")))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static String tool(String userAgent) {
    return Stream.of("Terraform", "OpenTofu", "cloudformation", "Pulumi")
        .filter(userAgent::contains)
        .findFirst()
        .map(name -> "(" + name + ")")
        .orElse("");
  }

  // A role's ARN with its session has 150 characters and more.
  private static String printed(@Nullable Object value) {
    return Printable.shortened(String.valueOf(value), 200);
  }
}
