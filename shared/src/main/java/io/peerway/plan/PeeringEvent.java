package io.peerway.plan;

import io.peerway.model.AccountId;
import io.peerway.model.AccountLook;
import io.peerway.model.PeeringId;
import io.peerway.model.Printable;
import io.peerway.model.Tags;
import io.peerway.model.VpcId;
import io.peerway.model.error.MalformedEvent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an event about VPCs tells us to look: at a peering connection, at an account, or nowhere.
 * Nothing else is taken from it, because an event from another account is only somebody's word.
 *
 * <p>Shapes: CloudTrail user guide, "CloudTrail record contents"; EventBridge envelope "AWS API
 * Call via CloudTrail".
 */
public sealed interface PeeringEvent {
  /** What our own calls carry in their user agent (see the AWS edge). */
  Pattern OURS = Pattern.compile("peerway/(pcx-|[0-9]{12})");

  /** The answer to tags that are none of ours. */
  PeeringEvent NO_TAG = new Ignored("no tag that asks for anything");

  /**
   * Look whether these become connections, or have changed: one, or more where a person decided
   * about several at once.
   */
  record Look(List<PeeringId> at) implements PeeringEvent {}

  /** Look whether this connection is over. */
  record Ended(PeeringId at) implements PeeringEvent {}

  /** Look at what this account has and wants. */
  record LookAtAccount(AccountLook look) implements PeeringEvent {}

  /** Nothing to look at. */
  record Ignored(String reason) implements PeeringEvent {}

  /**
   * Reads one event.
   *
   * @param account the envelope's: EventBridge itself says which account an event comes from
   * @param detail the event's {@code detail}: a CloudTrail record
   * @throws MalformedEvent where a field that this kind of event has is missing or has another form
   */
  static PeeringEvent of(
      @Nullable String source,
      @Nullable String detailType,
      @Nullable String account,
      @Nullable Map<String, ?> detail) {
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
    String name = Objects.toString(detail.get("eventName"), "");
    // Requests that we send or accept from the service side come back as events. The user agent is
    // the caller's word: what ends a connection is looked at, whoever says to have made it.
    if (List.of("CreateVpcPeeringConnection", "AcceptVpcPeeringConnection").contains(name)
        && OURS.matcher(Objects.toString(detail.get("userAgent"), "")).find()) {
      return new Ignored("made by Peerway itself");
    }
    return switch (name) {
      case "CreateVpcPeeringConnection" ->
          new Look(
              List.of(
                  peering(
                      detail,
                      "responseElements",
                      "vpcPeeringConnection",
                      "vpcPeeringConnectionId")));
      case "AcceptVpcPeeringConnection" ->
          new Look(List.of(peering(detail, "requestParameters", "vpcPeeringConnectionId")));
      case "DeleteVpcPeeringConnection" ->
          new Ended(peering(detail, "requestParameters", "vpcPeeringConnectionId"));
      case "CreateTags", "DeleteTags" -> tagged(account, detail, name.equals("CreateTags"));
      case "CreateVpc" -> made(account, detail, Tags.CONNECT);
      case "CreateSecurityGroup" -> made(account, detail, Tags.ALLOW);
      case "AssociateVpcCidrBlock", "DisassociateVpcCidrBlock" ->
          new LookAtAccount(
              AccountLook.afterEvent(account(account), changed(detail, name + "Response")));
      case "DeleteVpc" ->
          new LookAtAccount(
              AccountLook.afterEvent(account(account))
                  .afterTheEndOf(vpc(detail, "requestParameters", "vpcId")));
      case "CreateRouteTable" ->
          new LookAtAccount(
              AccountLook.afterEvent(account(account))
                  .because(vpc(detail, "requestParameters", "vpcId")));
      default -> new Ignored("event " + printed(name) + " asks for nothing");
    };
  }

  // What is made with its tags has no event of its own for them.
  private static PeeringEvent made(@Nullable String account, Map<String, ?> detail, String key) {
    boolean tagged =
        EventFields.at(detail, "requestParameters", "tagSpecificationSet", "items")
                instanceof List<?> specifications
            && specifications.stream().anyMatch(specification -> has(specification, key));
    if (!tagged) {
      return NO_TAG;
    }
    AccountLook look = AccountLook.afterEvent(account(account));
    return new LookAtAccount(
        key.equals(Tags.CONNECT)
            ? look.askedBy(List.of(vpc(detail, "responseElements", "vpc", "vpcId")))
            : look.because(vpc(detail, "requestParameters", "vpcId")));
  }

  private static boolean has(@Nullable Object specification, String key) {
    return specification instanceof Map<?, ?> of
        && of.get("tags") instanceof List<?> tags
        && tags.stream()
            .anyMatch(tag -> tag instanceof Map<?, ?> set && key.equals(set.get("key")));
  }

  // To look matters more than for whose sake: without the id, too.
  private static VpcId[] changed(Map<String, ?> detail, String response) {
    return EventFields.at(detail, "responseElements", response, "vpcId") == null
        ? new VpcId[0]
        : new VpcId[] {vpc(detail, "responseElements", response, "vpcId")};
  }

  private static PeeringEvent tagged(@Nullable String account, Map<String, ?> detail, boolean on) {
    // DeleteTags without keys takes all tags off (EC2 API reference, "DeleteTags"); CloudTrail then
    // shows an empty set, or none.
    boolean all = !on && hasNone(detail, "tagSet");
    List<String> keys =
        all
            ? List.of(Tags.CONNECT, Tags.ALLOW, Tags.ROUTES)
            : items(detail, "tagSet").stream()
                .map(tag -> Objects.toString(tag.get("key"), ""))
                .toList();
    List<String> resources =
        items(detail, "resourcesSet").stream()
            .map(resource -> Objects.toString(resource.get("resourceId"), ""))
            .toList();
    List<PeeringId> peerings =
        resources.stream()
            .filter(id -> id.startsWith("pcx-"))
            .distinct()
            .map(id -> resource(PeeringId::new, id))
            .toList();
    if (keys.contains(Tags.DECISION) && !peerings.isEmpty()) {
      return new Look(peerings);
    }
    List<VpcId> vpcs =
        resources.stream()
            .filter(id -> id.startsWith("vpc-"))
            .distinct()
            .map(id -> resource(VpcId::new, id))
            .toList();
    // The event names a group or a table, and not its VPC.
    boolean inside =
        (keys.contains(Tags.ALLOW) && resources.stream().anyMatch(id -> id.startsWith("sg-")))
            || (keys.contains(Tags.ROUTES)
                && resources.stream().anyMatch(id -> id.startsWith("rtb-")));
    boolean asks = keys.contains(Tags.CONNECT) && !vpcs.isEmpty();
    if (!asks && !inside) {
      return NO_TAG;
    }
    AccountLook look =
        AccountLook.afterEvent(account(account)).askedBy(asks && on ? vpcs : List.of());
    return new LookAtAccount(inside ? look.atEveryConnection() : look);
  }

  private static <T> T resource(Function<String, T> parse, String id) {
    try {
      return parse.apply(id);
    } catch (IllegalArgumentException e) {
      throw new MalformedEvent("detail.requestParameters.resourcesSet: " + e.getMessage());
    }
  }

  private static boolean hasNone(Map<String, ?> detail, String set) {
    @Nullable Object value = EventFields.at(detail, "requestParameters", set);
    return value == null
        || (value instanceof Map<?, ?> map
            && (map.get("items") == null || List.of().equals(map.get("items"))));
  }

  private static List<Map<?, ?>> items(Map<String, ?> detail, String set) {
    if (!(EventFields.at(detail, "requestParameters", set, "items") instanceof List<?> list)) {
      throw new MalformedEvent("detail.requestParameters." + set + ".items is missing or no list");
    }
    return list.stream()
        .<Map<?, ?>>map(item -> item instanceof Map<?, ?> map ? map : Map.of())
        .toList();
  }

  private static PeeringId peering(Map<String, ?> detail, String... path) {
    return EventFields.parsed(detail, PeeringId::new, path);
  }

  private static VpcId vpc(Map<String, ?> detail, String... path) {
    return EventFields.parsed(detail, VpcId::new, path);
  }

  private static AccountId account(@Nullable String account) {
    try {
      return new AccountId(Objects.requireNonNullElse(account, "(none)"));
    } catch (IllegalArgumentException e) {
      throw new MalformedEvent("account of the event: " + e.getMessage());
    }
  }

  private static String printed(@Nullable Object value) {
    return Printable.shortened(Objects.toString(value, "(none)"));
  }
}
