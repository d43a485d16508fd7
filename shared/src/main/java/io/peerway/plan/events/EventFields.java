package io.peerway.plan.events;

import io.peerway.model.error.MalformedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fields of an event's {@code detail}, which may hold anything. */
public final class EventFields {
  private EventFields() {}

  /** The value at a path of object keys, or null where the path leads nowhere. */
  public static @Nullable Object at(Map<?, ?> detail, String... path) {
    @Nullable Object value = detail;
    for (String step : path) {
      value = value instanceof Map<?, ?> level ? level.get(step) : null;
    }
    return value;
  }

  /** The objects of a list, which CloudTrail writes as {@code {"items": [...]}}; else none. */
  public static List<Map<?, ?>> items(Map<?, ?> detail, String... path) {
    if (!(at(detail, path) instanceof Map<?, ?> set && set.get("items") instanceof List<?> list)) {
      return List.of();
    }
    List<Map<?, ?>> items = new ArrayList<>();
    for (Object item : list) {
      if (item instanceof Map<?, ?> map) {
        items.add(map);
      }
    }
    return items;
  }

  /** The text at a path as a value of ours; empty where it is missing or has another form. */
  static <T> Optional<T> found(Map<?, ?> detail, Function<String, T> parse, String... path) {
    return at(detail, path) instanceof String text ? parsed(parse, text) : Optional.empty();
  }

  /** A text as a value of ours; empty where it has another form. */
  static <T> Optional<T> parsed(Function<String, T> parse, String text) {
    try {
      return Optional.of(parse.apply(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The text at a path as a value of ours.
   *
   * @throws MalformedEvent naming the path
   */
  static <T> T parsed(Map<?, ?> detail, Function<String, T> parse, String... path) {
    String where = "detail." + String.join(".", path);
    if (!(at(detail, path) instanceof String text)) {
      throw new MalformedEvent(where + " is missing or no text");
    }
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedEvent(where + ": " + e.getMessage());
    }
  }
}
