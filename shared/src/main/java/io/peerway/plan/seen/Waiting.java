package io.peerway.plan.seen;

import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Place;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.report.HeldBack;
import io.peerway.plan.report.Looked;
import io.peerway.plan.report.ReportLine;
import io.peerway.plan.report.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What waits, was refused, is held back or was left alone, each with what somebody can do.
 *
 * @param approval what waits for a person
 * @param room what waits for room in the hub VPC
 * @param leftAlone what is not touched, for another reason than a rule
 */
public record Waiting(
    List<Item> approval,
    List<Item> room,
    List<Item> refused,
    List<Item> heldBack,
    List<Item> leftAlone,
    List<Item> unknown) {

  /**
   * One of them.
   *
   * @param at where, in words
   * @param who whose it is, in words; empty where that is not known
   * @param commands what can be done, as commands of the AWS CLI
   */
  public record Item(String at, String who, String what, List<String> commands) {}

  /** What a picture holds of it. */
  public static Waiting of(Picture picture) {
    Looked looked = picture.looked();
    Set<Place> standing = looked.standings().stream().map(Standing::at).collect(Collectors.toSet());
    return new Waiting(
        approval(picture),
        picture.services().stream()
            .filter(service -> !service.peering().waitsForRoom().isEmpty())
            .map(
                service ->
                    item(
                        service,
                        "waits until the hub VPC has room for "
                            + service.peering().waitsForRoom()
                            + ": end a connection, or have AWS raise the quota",
                        List.of()))
            .toList(),
        refused(picture, standing),
        looked.heldBack().stream().map(held -> held(picture, held)).toList(),
        looked.leftAlone().stream()
            .filter(line -> line.place().filter(standing::contains).isEmpty())
            .map(line -> item(picture, line))
            .toList(),
        looked.unknown().stream().map(line -> item(picture, line)).toList());
  }

  // Whether a person decides is the hub's setting; of what was let in, whether its CIDRs came
  // later.
  private static List<Item> approval(Picture picture) {
    if (picture.settings().approval() != Settings.Approval.MANUAL) {
      return List.of();
    }
    List<Item> items = new ArrayList<>();
    for (Service service : picture.services()) {
      boolean isUndecided = !service.peering().tags().containsKey(Tags.DECISION);
      List<Cidr> leftOut = service.peering().leftOut();
      if (service.peering().status().isPending()
          && service.state() == State.WAITING
          && isUndecided
          && service.peering().waitsForRoom().isEmpty()) {
        items.add(
            item(
                service,
                "asks to be connected with " + service.side().cidrs(),
                List.of(
                    decide(service, approve(service.side().cidrs())), decide(service, "refuse"))));
      } else if (service.peering().status().isAccepted() && !leftOut.isEmpty()) {
        items.add(
            item(
                service,
                "is connected without " + leftOut + ", which came later",
                List.of(decide(service, approve(leftOut)))));
      }
    }
    return items;
  }

  private static String approve(List<Cidr> cidrs) {
    return cidrs.isEmpty() ? "approve" : "approve " + Cidr.text(cidrs);
  }

  private static String decide(Service service, String decision) {
    return "aws ec2 create-tags --resources %s --tags 'Key=%s,Value=%s'"
        .formatted(service.id(), Tags.DECISION, decision);
  }

  private static List<Item> refused(Picture picture, Set<Place> standing) {
    List<Item> items = new ArrayList<>();
    picture.looked().leftAlone().stream()
        .filter(line -> line.place().filter(standing::contains).isPresent())
        .filter(line -> !waits(picture, line))
        .forEach(line -> items.add(item(picture, line)));
    picture.services().stream()
        .filter(service -> service.state() == State.REFUSED)
        .filter(service -> !standing.contains(service.id()))
        .forEach(service -> items.add(item(service, service.judgement().why(), List.of())));
    for (VpcId vpc : picture.refusedVpcs()) {
      items.add(
          new Item(
              vpc.value(),
              "",
              "a person has refused it for good; this lets it ask again",
              List.of(
                  "aws ec2 delete-tags --resources %s --tags Key=%s%s"
                      .formatted(picture.settings().hubVpc(), Tags.REFUSED_PREFIX, vpc))));
    }
    return items;
  }

  private static boolean waits(Picture picture, ReportLine line) {
    return picture.looked().standings().stream()
        .anyMatch(standing -> standing.at().equals(line.at()) && standing.waits());
  }

  private static Item held(Picture picture, HeldBack held) {
    return new Item(
        held.at().toString(),
        who(picture, held.at()),
        Stream.concat(
                Looked.at(held.at(), picture.looked().changes()).stream().map(ReportLine::what),
                Stream.of("failed in the run of " + held.failed() + "; " + held.what()))
            .collect(Collectors.joining("; ")),
        List.of());
  }

  private static Item item(Service service, String what, List<String> commands) {
    return new Item(service.id().value(), who(service), what, commands);
  }

  private static Item item(Picture picture, ReportLine line) {
    return new Item(
        line.place().map(Place::toString).orElse(""),
        line.place().map(place -> who(picture, place)).orElse(""),
        line.what(),
        List.of());
  }

  private static String who(Picture picture, Place place) {
    return picture.services().stream()
        .filter(service -> service.id().equals(place) || service.side().vpc().equals(place))
        .findFirst()
        .map(Waiting::who)
        .orElse("");
  }

  private static String who(Service service) {
    String account = service.side().account().value();
    return service.name().equals(account)
        ? account + ", " + service.side().vpc()
        : service.name() + " (" + account + "), " + service.side().vpc();
  }
}
