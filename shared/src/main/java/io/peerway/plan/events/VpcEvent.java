package io.peerway.plan.events;

import io.peerway.model.AccountLook;
import io.peerway.model.error.MalformedEvent;
import io.peerway.model.network.Tags;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Printable;
import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
public sealed interface VpcEvent {
  /** What our own calls carry in their user agent (see the AWS edge). */
  Pattern OURS = Pattern.compile("peerway/(pcx-|[0-9]{12})");

  /** The tags of service accounts, which a DeleteTags without keys takes off with all others. */
  List<String> OF_SERVICES = List.of(Tags.CONNECT, Tags.ALLOW, Tags.ROUTES);

  /**
   * As CloudTrail writes it: EC2's code ("Error codes for the Amazon EC2 API"), and whose fault.
   */
  String DEPENDED_UPON = "Client.DependencyViolation";

  /** The answer to tags that are none of ours. */
  VpcEvent NO_TAG = new Ignored("no tag that asks for anything");

  /**
   * Look whether these become connections, or have changed: one, or more where a person decided
   * about several at once.
   */
  record Look(List<PeeringId> at) implements VpcEvent {}

  /** Look whether this connection is over. */
  record Ended(PeeringId at) implements VpcEvent {}

  /** Look at what this account has and wants. */
  record LookAtAccount(AccountLook look) implements VpcEvent {}

  /** Nothing to look at. */
  record Ignored(String reason) implements VpcEvent {}

  /**
   * Reads one event.
   *
   * <p>What an event of a service account does not say, or says in a form that we do not know, is
   * read from the account: whatever stands in it, it says that something has changed there.
   *
   * @param account the envelope's: EventBridge itself says which account an event comes from
   * @param detail the event's {@code detail}: a CloudTrail record
   * @param hub the hub account, which has nothing of its own to be looked at like that
   * @throws MalformedEvent where it comes from no account, or is the hub's own and does not name
   *     what it is about
   */
  static VpcEvent of(
      @Nullable String source,
      @Nullable String detailType,
      @Nullable String account,
      @Nullable Map<String, ?> detail,
      AccountId hub) {
    if (!"aws.ec2".equals(source) || !"AWS API Call via CloudTrail".equals(detailType)) {
      return new Ignored(
          "not an EC2 API call: source "
              + printed(source)
              + ", detail-type "
              + printed(detailType));
    }
    EventOrigin from = new EventOrigin(account, hub);
    if (detail == null) {
      return from.unreadable("detail");
    }
    String name = Objects.toString(detail.get("eventName"), "");
    if (name.equals("DeleteVpc") && DEPENDED_UPON.equals(detail.get("errorCode"))) {
      return from.with(vpc(detail, "requestParameters", "vpcId"), AccountLook::heldUpIn);
    }
    if (detail.get("errorCode") != null) {
      return new Ignored("the API call failed: " + printed(detail.get("errorCode")));
    }
    // Requests that we send or accept from the service side come back as events. The user agent is
    // the caller's word: what ends a connection is looked at, whoever says to have made it.
    if (List.of("CreateVpcPeeringConnection", "AcceptVpcPeeringConnection").contains(name)
        && OURS.matcher(Objects.toString(detail.get("userAgent"), "")).find()) {
      return new Ignored("made by Peerway itself");
    }
    return switch (name) {
      case "CreateVpcPeeringConnection" ->
          from.about(
              detail,
              id -> new Look(List.of(id)),
              "responseElements",
              "vpcPeeringConnection",
              "vpcPeeringConnectionId");
      case "AcceptVpcPeeringConnection" ->
          from.about(
              detail, id -> new Look(List.of(id)), "requestParameters", "vpcPeeringConnectionId");
      case "DeleteVpcPeeringConnection" ->
          from.about(detail, Ended::new, "requestParameters", "vpcPeeringConnectionId");
      case "CreateTags", "DeleteTags" -> tagged(from, detail, name.equals("CreateTags"));
      case "CreateVpc" -> made(from, detail, Tags.CONNECT);
      case "CreateSecurityGroup" -> made(from, detail, Tags.ALLOW);
      case "AssociateVpcCidrBlock", "DisassociateVpcCidrBlock" ->
          new LookAtAccount(
              AccountLook.afterEvent(
                  from.account(),
                  vpc(detail, "responseElements", name + "Response", "vpcId").stream()
                      .toArray(VpcId[]::new)));
      case "DeleteVpc" ->
          from.with(vpc(detail, "requestParameters", "vpcId"), AccountLook::afterTheEndOf);
      case "CreateRouteTable" ->
          from.with(vpc(detail, "requestParameters", "vpcId"), AccountLook::because);
      // The event names a table or a group, and not its VPC. Whoever says to be us hides what he
      // removes until the next hourly run, and nothing more.
      case "DeleteRoute",
          "ReplaceRoute",
          "RevokeSecurityGroupIngress",
          "ModifySecurityGroupRules",
          "DeleteSecurityGroup" ->
          OURS.matcher(Objects.toString(detail.get("userAgent"), "")).find()
              ? new Ignored("made by Peerway itself")
              : new LookAtAccount(AccountLook.afterEvent(from.account()).afterARemoval());
      default -> new Ignored("event " + printed(name) + " asks for nothing");
    };
  }

  // What is made with its tags has no event of its own for them. A group that is made without a VPC
  // is made in the default one (EC2 API reference, "CreateSecurityGroup"), which the event does not
  // name.
  private static VpcEvent made(EventOrigin from, Map<String, ?> detail, String key) {
    boolean tagged =
        EventFields.at(detail, "requestParameters", "tagSpecificationSet", "items")
                instanceof List<?> specifications
            && specifications.stream().anyMatch(specification -> has(specification, key));
    if (!tagged) {
      return NO_TAG;
    }
    return key.equals(Tags.CONNECT)
        ? from.with(
            vpc(detail, "responseElements", "vpc", "vpcId"),
            (look, vpc) -> look.askedBy(List.of(vpc)))
        : from.with(vpc(detail, "requestParameters", "vpcId"), AccountLook::because);
  }

  private static boolean has(@Nullable Object specification, String key) {
    return specification instanceof Map<?, ?> of
        && of.get("tags") instanceof List<?> tags
        && tags.stream()
            .anyMatch(tag -> tag instanceof Map<?, ?> set && key.equals(set.get("key")));
  }

  private static VpcEvent tagged(EventOrigin from, Map<String, ?> detail, boolean on) {
    Optional<List<String>> resources = items(detail, "resourcesSet", "resourceId");
    // DeleteTags without keys takes all tags off (EC2 API reference, "DeleteTags"); CloudTrail then
    // shows an empty set, or none.
    Optional<List<String>> keys =
        !on && hasNone(detail, "tagSet")
            ? Optional.of(OF_SERVICES)
            : items(detail, "tagSet", "key");
    if (resources.isEmpty() || keys.isEmpty()) {
      return from.unreadable(
          "detail.requestParameters." + (keys.isEmpty() ? "tagSet" : "resourcesSet") + ".items");
    }
    NamedResources<PeeringId> peerings = NamedResources.of("pcx-", PeeringId::new, resources.get());
    if (keys.get().contains(Tags.DECISION) && !peerings.areNone()) {
      return peerings.known().isEmpty()
          ? from.unreadable("detail.requestParameters.resourcesSet")
          : new Look(peerings.known());
    }
    NamedResources<VpcId> vpcs = NamedResources.of("vpc-", VpcId::new, resources.get());
    // The event names a group or a table, and not its VPC.
    boolean inside =
        (keys.get().contains(Tags.ALLOW) && named(resources.get(), "sg-", SecurityGroupId::new))
            || (keys.get().contains(Tags.ROUTES)
                && named(resources.get(), "rtb-", RouteTableId::new));
    boolean asks = keys.get().contains(Tags.CONNECT) && !vpcs.areNone();
    if (!asks && !inside) {
      return NO_TAG;
    }
    AccountLook look =
        AccountLook.afterEvent(from.account()).askedBy(asks && on ? vpcs.known() : List.of());
    return new LookAtAccount(
        inside || (asks && vpcs.unreadable()) ? look.atEveryConnection() : look);
  }

  private static boolean named(List<String> resources, String prefix, Function<String, ?> parse) {
    return !NamedResources.of(prefix, parse, resources).areNone();
  }

  private static boolean hasNone(Map<String, ?> detail, String set) {
    @Nullable Object value = EventFields.at(detail, "requestParameters", set);
    return value == null
        || (value instanceof Map<?, ?> map
            && (map.get("items") == null || List.of().equals(map.get("items"))));
  }

  // What each of the set's items has under this key.
  private static Optional<List<String>> items(Map<String, ?> detail, String set, String key) {
    return EventFields.at(detail, "requestParameters", set, "items") instanceof List<?> list
        ? Optional.of(
            list.stream()
                .map(item -> item instanceof Map<?, ?> map ? map : Map.of())
                .map(item -> Objects.toString(item.get(key), ""))
                .toList())
        : Optional.empty();
  }

  private static Optional<VpcId> vpc(Map<String, ?> detail, String... path) {
    return EventFields.found(detail, VpcId::new, path);
  }

  private static String printed(@Nullable Object value) {
    return Printable.shortened(Objects.toString(value, "(none)"));
  }
}
