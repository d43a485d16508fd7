package io.peerway.plan.report;

import io.peerway.model.network.Change;
import io.peerway.model.network.Ingress;
import io.peerway.model.network.Peering;
import io.peerway.model.network.Tags;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Place;
import io.peerway.model.value.VpcId;
import io.peerway.plan.events.Doer;
import io.peerway.plan.events.EventFields;
import io.peerway.plan.events.RuleRecords;
import io.peerway.plan.events.VpcEvent;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.Loss;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who changed something; of what is missing, who took it away: the caller of the last call that
 * did, unless what it took has been given back since (then the record of what took it again is not
 * there yet).
 *
 * <p>Shapes: CloudTrail user guide, "CloudTrail record contents"; EC2 API reference, "DeleteRoute",
 * "ReplaceRoute", "RevokeSecurityGroupIngress", "DeleteSecurityGroup", "DeleteTags", "CreateTags".
 */
public final class Doers {

  /** What is known of single resources. It never fails: what cannot be had is no record. */
  @FunctionalInterface
  public interface Records {
    /**
     * The latest calls that name {@code resource} in the account and Region of {@code place}, each
     * as a CloudTrail record, the newest first.
     */
    List<Map<String, Object>> about(VpcSide place, String resource);
  }

  /** What a call did to one thing of ours. */
  private enum Effect {
    TAKEN,
    GIVEN,
    NONE
  }

  private final Records records;

  public Doers(Records records) {
    this.records = records;
  }

  /**
   * The same findings, those of drift with who did it. Of a connection that is not mended now
   * nothing is asked: its lines are none of drift.
   *
   * @param peerings those that the findings are about
   */
  public Inspection named(Inspection found, List<Peering> peerings) {
    Set<Place> held =
        found.findings().stream()
            .filter(finding -> finding.sort().holdsUpRepairs())
            .map(Finding::at)
            .collect(Collectors.toSet());
    return new Inspection(
        found.findings().stream()
            .map(finding -> held.contains(finding.at()) ? finding : named(finding, peerings))
            .toList(),
        found.repairs(),
        found.unread(),
        found.refused());
  }

  /**
   * Who changed something last, as {@link Doer} has it; of what is missing, who took it away.
   *
   * @param places the accounts and Regions that may have the record
   * @param resources ids that the record may name
   * @param lost what of ours is missing there; null where it is something else
   */
  public Optional<String> last(List<VpcSide> places, List<String> resources, @Nullable Loss lost) {
    return places.stream()
        .flatMap(
            place ->
                (lost == null
                    ? changes(place, resources)
                    : taking(lost, resource -> records.about(place, resource)).stream()))
        .max(Comparator.comparing(record -> text(record, "eventTime")))
        .map(Doer::of);
  }

  // The history has calls that only read as well, and those that were refused.
  private Stream<Map<String, Object>> changes(VpcSide place, List<String> resources) {
    return resources.stream()
        .flatMap(resource -> records.about(place, resource).stream())
        .filter(record -> !Boolean.TRUE.equals(record.get("readOnly")))
        .filter(record -> record.get("errorCode") == null);
  }

  private Finding named(Finding finding, List<Peering> peerings) {
    Loss loss = finding.lost();
    if (loss == null) {
      return finding;
    }
    return place(finding, loss.vpc(), peerings)
        .flatMap(place -> taking(loss, resource -> records.about(place, resource)))
        .map(record -> finding.by(Doer.of(record)))
        .orElse(finding);
  }

  private static Optional<VpcSide> place(Finding finding, VpcId vpc, List<Peering> peerings) {
    return peerings.stream()
        .filter(peering -> peering.id().equals(finding.at()))
        .flatMap(peering -> Stream.of(peering.requester(), peering.accepter()))
        .filter(side -> side.vpc().equals(vpc))
        .findFirst();
  }

  private static Optional<Map<String, Object>> taking(
      Loss loss, Function<String, List<Map<String, Object>>> about) {
    return switch (loss) {
      case Loss.OfRoute route ->
          last(about.apply(route.table().value()), record -> effect(record, route));
      case Loss.OfOpenings(var vpc, var group, var openings) ->
          lastOf(about.apply(group.value()), openings);
      case Loss.OfGroup group ->
          created(about.apply(group.vpc().value()), group)
              .flatMap(id -> last(about.apply(id), record -> onGroup(record, id)));
      case Loss.OfClaim(var vpc, var peering) ->
          last(about.apply(peering.value()), record -> onClaim(record, peering.value()));
    };
  }

  private static Optional<Map<String, Object>> last(
      List<Map<String, Object>> records, Function<Map<String, Object>, Effect> effect) {
    for (Map<String, Object> record : records) {
      // A call that was refused has changed nothing.
      if (record.get("errorCode") == null) {
        switch (effect.apply(record)) {
          case GIVEN -> {
            return Optional.empty();
          }
          case TAKEN -> {
            if (!isOurs(record)) {
              return Optional.of(record);
            }
          }
          case NONE -> {}
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isOurs(Map<String, Object> record) {
    return VpcEvent.OURS.matcher(text(record, "userAgent")).find();
  }

  // ---- Routes ----------------------------------------------------------------------------------

  private static Effect effect(Map<String, Object> record, Loss.OfRoute route) {
    if (!text(record, "requestParameters", "routeTableId").equals(route.table().value())
        || !text(record, "requestParameters", "destinationCidrBlock")
            .equals(route.destination().value())) {
      return Effect.NONE;
    }
    return switch (text(record, "eventName")) {
      case "DeleteRoute" -> Effect.TAKEN;
      case "CreateRoute", "ReplaceRoute" ->
          text(record, "requestParameters", "vpcPeeringConnectionId")
                  .equals(route.peering().value())
              ? Effect.GIVEN
              : Effect.TAKEN;
      default -> Effect.NONE;
    };
  }

  // ---- Security groups -------------------------------------------------------------------------

  // Each opening may have another doer: the last of them is named.
  private static Optional<Map<String, Object>> lastOf(
      List<Map<String, Object>> records, List<Ingress> openings) {
    return openings.stream()
        .flatMap(opening -> last(records, record -> effect(record, opening)).stream())
        .min(Comparator.comparingInt(records::indexOf));
  }

  private static Effect effect(Map<String, Object> record, Ingress opening) {
    return switch (text(record, "eventName")) {
      case "RevokeSecurityGroupIngress" ->
          RuleRecords.of(record).contains(opening) ? Effect.TAKEN : Effect.NONE;
      case "AuthorizeSecurityGroupIngress" ->
          RuleRecords.of(record).contains(opening) ? Effect.GIVEN : Effect.NONE;
      default -> Effect.NONE;
    };
  }

  // The VPC's own records know the id of what was created in it; a deletion names the id alone.
  private static Optional<String> created(List<Map<String, Object>> records, Loss.OfGroup group) {
    String name = Change.CreateVpnGroup.name(group.hub());
    return records.stream()
        .filter(record -> record.get("errorCode") == null)
        .filter(record -> text(record, "eventName").equals("CreateSecurityGroup"))
        .filter(record -> text(record, "requestParameters", "groupName").equals(name))
        .filter(record -> text(record, "requestParameters", "vpcId").equals(group.vpc().value()))
        .map(record -> text(record, "responseElements", "groupId"))
        .filter(id -> !id.isEmpty())
        .findFirst();
  }

  private static Effect onGroup(Map<String, Object> record, String id) {
    return text(record, "eventName").equals("DeleteSecurityGroup")
            && text(record, "requestParameters", "groupId").equals(id)
        ? Effect.TAKEN
        : Effect.NONE;
  }

  // ---- Tags ------------------------------------------------------------------------------------

  private static Effect onClaim(Map<String, Object> record, String peering) {
    boolean onIt =
        EventFields.items(record, "requestParameters", "resourcesSet").stream()
            .anyMatch(resource -> peering.equals(resource.get("resourceId")));
    List<Map<?, ?>> tags = EventFields.items(record, "requestParameters", "tagSet");
    boolean ofClaim = tags.stream().anyMatch(tag -> Tags.CIDRS.equals(tag.get("key")));
    return switch (text(record, "eventName")) {
      // Without keys it takes all tags off.
      case "DeleteTags" -> onIt && (ofClaim || tags.isEmpty()) ? Effect.TAKEN : Effect.NONE;
      case "CreateTags" -> {
        if (!onIt || !ofClaim) {
          yield Effect.NONE;
        }
        yield isOurs(record) ? Effect.GIVEN : Effect.TAKEN;
      }
      default -> Effect.NONE;
    };
  }

  private static String text(Map<String, Object> record, String... path) {
    return EventFields.at(record, path) instanceof String text ? text : "";
  }
}
