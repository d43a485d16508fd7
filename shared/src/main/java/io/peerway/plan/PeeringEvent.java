package io.peerway.plan;

import io.peerway.model.PeeringId;
import io.peerway.model.Printable;
import io.peerway.model.Tags;
import io.peerway.model.error.MalformedEvent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where an event tells us to look: at one peering connection, or nowhere. Nothing else is taken
 * from it, because an event from another account is only somebody's word.
 *
 * <p>Shapes: CloudTrail user guide, "CloudTrail record contents"; EventBridge envelope "AWS API
 * Call via CloudTrail".
 */
public sealed interface PeeringEvent {

  /**
   * Look at these peering connections: one, or more where a person decided about several at once.
   */
  record Look(List<PeeringId> at) implements PeeringEvent {}

  /** Nothing to look at. */
  record Ignored(String reason) implements PeeringEvent {}

  /**
   * Reads one event.
   *
   * @param detail the event's {@code detail}: a CloudTrail record
   * @throws MalformedEvent where a field that this kind of event has is missing or has another form
   */
  static PeeringEvent of(
      @Nullable String source, @Nullable String detailType, @Nullable Map<String, ?> detail) {
    if (!"aws.ec2".equals(source) || !"AWS API Call via CloudTrail".equals(detailType)) {
      return new Ignored(
          "not an EC2 API call: source "
              + printed(source)
              + ", detail-type "
              + printed(detailType));
    }
    if (detail == null) {
      throw new MalformedEvent("an EC2 API call without detail");
    }
    if (detail.get("errorCode") != null) {
      return new Ignored("the API call failed: " + printed(detail.get("errorCode")));
    }
    // Our own accepting and tagging comes back as events; what they announce is being worked on
    // already.
    if (Objects.toString(detail.get("userAgent"), "").contains("peerway/pcx-")) {
      return new Ignored("made by Peerway itself");
    }
    String name = Objects.toString(detail.get("eventName"), "");
    return switch (name) {
      case "CreateVpcPeeringConnection" ->
          look(detail, "responseElements", "vpcPeeringConnection", "vpcPeeringConnectionId");
      case "AcceptVpcPeeringConnection" ->
          look(detail, "requestParameters", "vpcPeeringConnectionId");
      case "CreateTags" -> {
        List<PeeringId> decided = decided(detail);
        yield decided.isEmpty()
            ? new Ignored("no decision about a peering connection")
            : new Look(decided);
      }
      default -> new Ignored("event " + printed(name) + " asks for nothing");
    };
  }

  private static List<PeeringId> decided(Map<String, ?> detail) {
    boolean decision =
        items(detail, "tagSet").stream().anyMatch(tag -> Tags.DECISION.equals(tag.get("key")));
    return decision
        ? items(detail, "resourcesSet").stream()
            .map(resource -> Objects.toString(resource.get("resourceId"), ""))
            .filter(id -> id.startsWith("pcx-"))
            .distinct()
            .map(id -> parsed(id, "detail.requestParameters.resourcesSet"))
            .toList()
        : List.of();
  }

  private static List<Map<?, ?>> items(Map<String, ?> detail, String set) {
    Object items = at(detail, "requestParameters", set, "items");
    if (!(items instanceof List<?> list)) {
      throw new MalformedEvent("detail.requestParameters." + set + ".items is missing or no list");
    }
    return list.stream()
        .<Map<?, ?>>map(item -> item instanceof Map<?, ?> map ? map : Map.of())
        .toList();
  }

  private static Look look(Map<String, ?> detail, String... path) {
    String where = "detail." + String.join(".", path);
    if (!(at(detail, path) instanceof String id)) {
      throw new MalformedEvent(where + " is missing or no text");
    }
    return new Look(List.of(parsed(id, where)));
  }

  private static PeeringId parsed(String id, String where) {
    try {
      return new PeeringId(id);
    } catch (IllegalArgumentException e) {
      throw new MalformedEvent(where + ": " + e.getMessage());
    }
  }

  private static @Nullable Object at(Map<?, ?> map, String... path) {
    @Nullable Object value = map;
    for (String step : path) {
      value = value instanceof Map<?, ?> level ? level.get(step) : null;
    }
    return value;
  }

  private static String printed(@Nullable Object value) {
    return Printable.shortened(Objects.toString(value, "(none)"));
  }
}
