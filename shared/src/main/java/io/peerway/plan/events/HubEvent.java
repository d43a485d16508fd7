package io.peerway.plan.events;

import io.peerway.model.error.MalformedEvent;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.Printable;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether an event of the hub account asks for a look at every connection: its VPC has changed, or
 * its VPN instances have.
 *
 * <p>Shapes: EC2 user guide, "State change events for Amazon EC2 instances"; CloudTrail user guide,
 * "CloudTrail record contents".
 */
public sealed interface HubEvent {
  String STATE_CHANGE = "EC2 Instance State-change Notification";

  /** Look at every connection. */
  record Look() implements HubEvent {}

  /** Look at every connection if this is a VPN instance. */
  record LookIfVpn(InstanceId at) implements HubEvent {}

  /** Nothing to look at. */
  record Ignored(String reason) implements HubEvent {}

  /**
   * Reads one event. The rules in the template let through what concerns the hub VPC; a call that
   * names no VPC (a CIDR taken off) may concern another one, and costs one look in vain.
   *
   * @throws MalformedEvent where a field that this kind of event has is missing or has another form
   */
  static HubEvent of(
      @Nullable String source, @Nullable String detailType, @Nullable Map<String, ?> detail) {
    if (!"aws.ec2".equals(source) || detail == null) {
      return new Ignored("not of EC2: source " + printed(source));
    }
    if (STATE_CHANGE.equals(detailType)) {
      return ofState(detail);
    }
    if (detail.get("errorCode") != null) {
      return new Ignored("the API call failed: " + printed(detail.get("errorCode")));
    }
    if (VpcEvent.OURS.matcher(Objects.toString(detail.get("userAgent"), "")).find()) {
      return new Ignored("made by Peerway itself");
    }
    String name = Objects.toString(detail.get("eventName"), "");
    return switch (name) {
      case "AssociateVpcCidrBlock",
          "DisassociateVpcCidrBlock",
          "CreateRouteTable",
          "CreateTags",
          "DeleteTags" ->
          new Look();
      default -> new Ignored("event " + printed(name) + " asks for nothing");
    };
  }

  // One that stops keeps its address, so what was opened to it stays right until it is gone.
  private static HubEvent ofState(Map<String, ?> detail) {
    InstanceId instance = EventFields.parsed(detail, InstanceId::new, "instance-id");
    String state = Objects.toString(detail.get("state"), "");
    return switch (state) {
      case "running", "terminated" -> new LookIfVpn(instance);
      default -> new Ignored(instance + " is " + printed(state));
    };
  }

  private static String printed(@Nullable Object value) {
    return Printable.shortened(Objects.toString(value, "(none)"));
  }
}
