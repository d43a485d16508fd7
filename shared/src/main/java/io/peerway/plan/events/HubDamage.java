package io.peerway.plan.events;

import io.peerway.model.error.MalformedEvent;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Printable;
import io.peerway.model.value.RouteTableId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has, by an event of the hub account, taken away of ours there.
 *
 * <p>Shapes: CloudTrail user guide, "CloudTrail record contents"; EC2 API reference, "DeleteTags",
 * "DeleteRoute", "ReplaceRoute".
 */
public sealed interface HubDamage {
  /** The tags that admission writes on peering connections. */
  Set<String> OUR_TAGS = Set.of(Tags.CIDRS, Tags.BY, Tags.LEFT_OUT);

  /** Tags of ours on these peering connections. */
  record Untagged(List<PeeringId> at, String by) implements HubDamage {}

  /**
   * A route, maybe one of ours.
   *
   * @param replaced whether the table has another one to that destination instead
   */
  record RouteTaken(RouteTableId table, Cidr destination, boolean replaced, String by)
      implements HubDamage {}

  /** Nothing of ours. */
  record Ignored(String reason) implements HubDamage {}

  /**
   * Reads one event.
   *
   * @throws MalformedEvent where a field that this kind of event has is missing or has another form
   */
  static HubDamage of(
      @Nullable String source, @Nullable String detailType, @Nullable Map<String, ?> detail) {
    if (!"aws.ec2".equals(source)
        || !"AWS API Call via CloudTrail".equals(detailType)
        || detail == null) {
      return new Ignored("not an EC2 API call: source " + printed(source));
    }
    if (detail.get("errorCode") != null) {
      return new Ignored("the API call failed: " + printed(detail.get("errorCode")));
    }
    if (VpcEvent.OURS.matcher(Objects.toString(detail.get("userAgent"), "")).find()) {
      return new Ignored("made by Peerway itself");
    }
    String name = Objects.toString(detail.get("eventName"), "");
    return switch (name) {
      case "CreateTags", "DeleteTags" -> untagged(detail);
      case "DeleteRoute" -> route(detail, false);
      case "ReplaceRoute" -> route(detail, true);
      default -> new Ignored("event " + printed(name) + " takes nothing away");
    };
  }

  private static HubDamage untagged(Map<String, ?> detail) {
    List<String> keys = items(detail, "tagSet", "key");
    // Without keys it takes all tags off.
    boolean ours = keys.isEmpty() || keys.stream().anyMatch(OUR_TAGS::contains);
    List<PeeringId> peerings =
        items(detail, "resourcesSet", "resourceId").stream()
            .filter(PeeringId::isLike)
            .distinct()
            .map(HubDamage::peering)
            .toList();
    return ours && !peerings.isEmpty()
        ? new Untagged(peerings, Doer.of(detail))
        : new Ignored("no tag of ours on a peering connection");
  }

  private static PeeringId peering(String id) {
    try {
      return new PeeringId(id);
    } catch (IllegalArgumentException e) {
      throw new MalformedEvent("detail.requestParameters.resourcesSet: " + e.getMessage());
    }
  }

  // A destination that is no IPv4 CIDR (an IPv6 one, a prefix list) is none of ours.
  private static HubDamage route(Map<String, ?> detail, boolean replaced) {
    if (EventFields.at(detail, "requestParameters", "destinationCidrBlock") == null) {
      return new Ignored("not to an IPv4 destination");
    }
    return new RouteTaken(
        EventFields.parsed(detail, RouteTableId::new, "requestParameters", "routeTableId"),
        EventFields.parsed(detail, Cidr::new, "requestParameters", "destinationCidrBlock"),
        replaced,
        Doer.of(detail));
  }

  private static List<String> items(Map<String, ?> detail, String set, String key) {
    return EventFields.items(detail, "requestParameters", set).stream()
        .flatMap(item -> Optional.ofNullable(item.get(key)).stream())
        .map(String::valueOf)
        .toList();
  }

  private static String printed(@Nullable Object value) {
    return Printable.shortened(Objects.toString(value, "(none)"));
  }
}
