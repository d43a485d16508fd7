package io.peerway.plan.seen;

import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import io.peerway.plan.Settings;
import io.peerway.plan.notices.Restorations;
import io.peerway.plan.report.Looked;
import io.peerway.plan.report.PastReport.Repaired;
import io.peerway.plan.report.ReportLine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one connection.
 *
 * @param since since when it is so
 * @param asked who asked for it
 * @param routes what leads through it, where it is as it should be
 * @param openings what is open to the VPN instances
 * @param nat what is translated
 * @param differs what is otherwise, as the last run found it
 * @param executions of {@code connect} that its tags name, the last one first
 */
public record Details(
    Service service,
    String since,
    String asked,
    List<String> routes,
    List<String> openings,
    List<String> nat,
    List<String> differs,
    List<String> executions) {

  /** What a picture holds of one of its connections. */
  public static Details of(Service service, Picture picture, Instant now) {
    Optional<LetIn> letIn = LetIn.of(service.peering());
    return new Details(
        service,
        since(service, letIn),
        asked(service),
        routes(service, picture.hub()),
        openings(picture.settings()),
        nat(service, picture),
        differs(service, picture.looked()),
        executions(service, letIn, now));
  }

  private static String since(Service service, Optional<LetIn> letIn) {
    if (service.peering().status().isPending()) {
      @Nullable Long asked = service.peering().asked();
      return asked == null
          ? "not known"
          : "asked for at "
              + Instant.ofEpochMilli(asked).truncatedTo(ChronoUnit.SECONDS)
              + "; AWS lets it expire seven days later";
    }
    return letIn
        .map(let -> "let in at " + let.at())
        .orElse("not known: it was let in before Peerway noted it, or by hand");
  }

  private static String asked(Service service) {
    return switch (service.peering().tags().getOrDefault(Tags.BY, "")) {
      case Tags.BY_TAG -> "the tag " + Tags.CONNECT + "=true of its VPC";
      case Tags.BY_REQUEST, Tags.BY_WAITING -> "a request of the account's people";
      default ->
          service.peering().status().isPending()
              ? "a request of account " + service.peering().requester().account()
              : "people, by hand";
    };
  }

  private static List<String> routes(Service service, List<Cidr> hub) {
    List<String> routes = new ArrayList<>();
    service.cidrs().forEach(cidr -> routes.add("hub: " + cidr + " → " + service.id()));
    hub.forEach(cidr -> routes.add("service: " + cidr + " → " + service.id()));
    return routes;
  }

  private static List<String> openings(Settings settings) {
    return List.of(
        settings.ports().stream().map(Port::toString).collect(Collectors.joining(", "))
            + " from the VPN instances, in group peerway-"
            + settings.hubVpc(),
        "what groups tagged " + Tags.ALLOW + " say besides");
  }

  private static List<String> nat(Service service, Picture picture) {
    List<String> nat = new ArrayList<>();
    nat.add(picture.settings().clientPool() + " to " + service.cidrs());
    picture.vpn().forEach(vpn -> nat.add(vpn.id() + ": " + vpn.why()));
    if (!picture.vpnNote().isEmpty()) {
      nat.add(picture.vpnNote());
    }
    return nat;
  }

  private static List<String> differs(Service service, Looked looked) {
    List<String> differs = new ArrayList<>();
    lines(differs, "to be changed: ", Looked.at(service.id(), looked.changes()));
    lines(differs, "unknown: ", Looked.at(service.id(), looked.unknown()));
    lines(differs, "left alone: ", Looked.at(service.id(), looked.leftAlone()));
    looked.heldBack().stream()
        .filter(held -> held.at().equals(service.id()))
        .forEach(held -> differs.add("held back since " + held.failed() + ": " + held.what()));
    looked.failed().stream()
        .filter(failed -> failed.at().equals(service.id()))
        .map(Repaired::error)
        .forEach(error -> differs.add("its repair failed: " + error));
    return differs;
  }

  private static void lines(List<String> differs, String before, List<ReportLine> lines) {
    for (ReportLine line : lines) {
      differs.add(
          before
              + line.what()
              + (line.since() == null ? "" : ", since " + line.since())
              + (line.by() == null ? "" : ", by " + line.by()));
    }
  }

  private static List<String> executions(Service service, Optional<LetIn> letIn, Instant now) {
    List<String> executions = new ArrayList<>();
    String restored = Restorations.of(service.peering(), now).last();
    if (restored.matches("[0-9A-Za-z_-]{1,80}")) {
      executions.add(restored);
    }
    letIn.map(LetIn::execution).filter(one -> !one.equals(restored)).ifPresent(executions::add);
    return executions;
  }
}
