package io.peerway.plan.events;

import java.util.List;
import java.util.function.Function;

/**
 * The resources of one kind that an event names.
 *
 * @param unreadable whether it names others that begin like them and go on in another form
 */
record NamedResources<T>(List<T> known, boolean unreadable) {

  static <T> NamedResources<T> of(
      String prefix, Function<String, T> parse, List<String> resources) {
    List<String> named = resources.stream().filter(id -> id.startsWith(prefix)).distinct().toList();
    List<T> known = named.stream().flatMap(id -> EventFields.parsed(parse, id).stream()).toList();
    return new NamedResources<>(known, known.size() < named.size());
  }

  boolean areNone() {
    return known.isEmpty() && !unreadable;
  }
}
