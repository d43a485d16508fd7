package io.peerway.plan.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.Start;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Place;
import io.peerway.model.value.VpcId;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.Loss;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.network.Obstacle;
import io.peerway.plan.notices.Notice;
import io.peerway.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DriftReportTest {
  private static final Function<Place, Optional<AccountId>> NOBODYS = at -> Optional.empty();
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00.123Z");
  private static final Instant BEFORE = Instant.parse("2026-11-23T08:00:00.456Z");
  private static final ReconcileOrder ORDER = ReconcileOrder.of(Map.of());
  private static final ReconcileOrder HOURLY =
      ReconcileOrder.of(Map.of("mode", "repair", "accounts", "connected"));
  private static final Peering PEERING = Samples.request(PeeringStatus.ACTIVE);
  private static final Finding DRIFT = Finding.drift(Place.of("pcx-00000001"), "add route a");
  private static final Since FIRST = new Since(Optional.empty(), NOW);

  @Test
  void nothing_found_says_so_and_tells_nobody() {
    DriftReport report = report(List.of(), FIRST);
    assertThat(report.summary())
        .isEqualTo("0 of 3 connections have drifted, 0 unknown, 0 left alone");
    assertThat(report.notice(FIRST, NOBODYS)).isNull();
    assertThat(report.natHasDrifted()).isFalse();
  }

  @Test
  void the_summary_counts_places_and_the_lists_have_the_lines() {
    DriftReport report =
        report(
            List.of(
                Finding.drift(Place.of("VPN instance i-00000001"), "translate"),
                DRIFT,
                Finding.drift(Place.of("pcx-00000001"), "add route b"),
                Finding.unknown(Place.of("pcx-00000002"), "denied"),
                Finding.leftAlone(Place.of("pcx-00000003"), "foreign"),
                Finding.drift(Place.of("vpc-00000001"), "connect it")),
            FIRST);
    assertThat(report.summary())
        .isEqualTo(
            "1 of 3 connections have drifted, 1 unknown, 1 left alone, 1 VPC to be connected,"
                + " 1 VPN instance to be set");
    assertThat(texts(report.changes()))
        .hasSize(4)
        .contains("pcx-00000001: add route a, since before 2026-11-23T09:00:00Z");
    assertThat(texts(report.unknown())).containsExactly("pcx-00000002: denied");
    assertThat(texts(report.leftAlone())).containsExactly("pcx-00000003: foreign");
    assertThat(report.natHasDrifted()).isTrue();
    assertThat(report.notice(FIRST, NOBODYS))
        .satisfies(
            notice ->
                assertThat(notice.message())
                    .startsWith(report.summary())
                    .contains(
                        "Would be changed:", "pcx-00000002: denied", "pcx-00000003: foreign"));
  }

  @Test
  void a_notification_is_about_the_accounts_whose_places_it_names() {
    Map<Place, AccountId> whose =
        Map.of(
            Place.of("pcx-00000001"), Samples.SERVICE_ACCOUNT,
            Place.of("pcx-00000002"), Samples.HUB_ACCOUNT,
            Place.of("pcx-00000003"), Samples.SERVICE_ACCOUNT);
    DriftReport report =
        report(
            List.of(
                DRIFT,
                Finding.unknown(Place.of("pcx-00000002"), "denied"),
                Finding.unknown(Place.of("pcx-00000003"), "denied"),
                Finding.drift(Place.of("pcx-00000004"), "add route a")),
            FIRST);
    assertThat(report.notice(FIRST, place -> Optional.ofNullable(whose.get(place))))
        .extracting(Notice::account)
        .isEqualTo(List.of(Samples.HUB_ACCOUNT, Samples.SERVICE_ACCOUNT));
  }

  @Test
  void what_others_have_told_is_no_reason_to_tell_people_and_anything_else_is() {
    Finding unknown = Finding.unknown(Place.of("pcx-00000002"), "denied");
    Set<Place> told = Set.of(DRIFT.at());
    assertThat(report(List.of(DRIFT), FIRST).notice(FIRST, NOBODYS, told)).isNull();
    assertThat(report(List.of(DRIFT, unknown), FIRST).notice(FIRST, NOBODYS, told))
        .extracting(Notice::message)
        .asString()
        .contains("pcx-00000001: add route a", "pcx-00000002: denied");
  }

  @Test
  void as_many_lines_are_named_as_there_is_room_for_and_the_others_counted() {
    // With what goes around it, each takes 250 of 25,000 bytes.
    List<Finding> findings =
        IntStream.range(100, 205)
            .mapToObj(n -> Finding.unknown(Place.of("pcx-00000001"), n + "x".repeat(229)))
            .toList();
    assertThat(texts(report(findings.subList(0, 100), FIRST).unknown()))
        .hasSize(100)
        .allMatch(line -> line.length() == 246);
    assertThat(texts(report(findings, FIRST).unknown()))
        .hasSize(101)
        .endsWith(findings.get(99).toString(), "and 5 more lines");
  }

  @Test
  void an_obstacle_of_others_is_named_and_holds_nothing_up() {
    Start repair = Start.connect(PEERING, Samples.HUB_VPC, "add route");
    List<Finding> findings =
        List.of(
            Finding.drift(PEERING.id(), "add route"),
            Finding.of(PEERING.id(), Obstacle.seen("narrower")),
            Finding.of(PEERING.id(), Obstacle.unread("a list")));
    DriftReport report =
        reported(ORDER, 1, new Inspection(findings, List.of(repair)), FIRST, History.NONE);
    assertThat(report.todo()).containsExactly(repair);
    assertThat(texts(report.changes())).hasSize(1);
    assertThat(texts(report.leftAlone())).containsExactly(PEERING.id() + ": narrower");
    assertThat(texts(report.unknown())).containsExactly(PEERING.id() + ": a list");
    assertThat(report.summary())
        .isEqualTo("1 of 1 connection has drifted, 1 unknown, 1 left alone");
  }

  @Test
  void what_is_unknown_or_not_ours_holds_up_the_whole_connection() {
    Start repair = Start.connect(PEERING, Samples.HUB_VPC, "add route");
    Finding own = Finding.drift(PEERING.id(), "add route");
    for (Finding other :
        List.of(Finding.unknown(PEERING.id(), "?"), Finding.leftAlone(PEERING.id(), "!"))) {
      DriftReport report =
          reported(
              ORDER, 1, new Inspection(List.of(own, other), List.of(repair)), FIRST, History.NONE);
      assertThat(texts(report.changes())).isEmpty();
      assertThat(report.todo()).isEmpty();
      assertThat(Stream.concat(report.unknown().stream(), report.leftAlone().stream())).hasSize(2);
    }
  }

  @Test
  void beside_what_is_unknown_nothing_is_known_but_an_obstacle_of_others() {
    DriftReport report =
        report(
            List.of(
                Finding.of(PEERING.id(), Obstacle.seen("narrower")),
                Finding.leftAlone(PEERING.id(), "foreign"),
                Finding.unknown(PEERING.id(), "denied")),
            FIRST);
    assertThat(texts(report.unknown()))
        .containsExactly(PEERING.id() + ": foreign", PEERING.id() + ": denied");
    assertThat(texts(report.leftAlone())).containsExactly(PEERING.id() + ": narrower");
  }

  @Test
  void only_what_is_not_meant_to_be_connected_or_not_yet_is_a_standing_and_each_place_once() {
    assertThat(
            Settled.of(
                    ORDER,
                    new Inspection(
                        List.of(
                            DRIFT,
                            Finding.leftAlone(Samples.OTHER_PEERING, "foreign"),
                            Finding.refused(Samples.SERVICE_VPC, "its addresses"),
                            Finding.refused(Samples.SERVICE_VPC, "its Region"),
                            Finding.waitsForRoom(Samples.OTHER_VPC, "full")),
                        List.of()),
                    History.NONE)
                .standings())
        .containsExactly(
            new Standing(Samples.SERVICE_VPC, Finding.Sort.REFUSED),
            new Standing(Samples.OTHER_VPC, Finding.Sort.WAITS_FOR_ROOM));
  }

  @Test
  void the_end_of_a_connection_is_held_up_by_nothing() {
    Start end = Start.disconnect(PEERING, Samples.HUB_VPC, "over");
    Finding over = Finding.drift(PEERING.id(), "disconnect, because it is over");
    DriftReport report =
        reported(
            ORDER,
            1,
            new Inspection(
                List.of(
                    over,
                    Finding.leftAlone(PEERING.id(), "a foreign route"),
                    Finding.unknown(PEERING.id(), "?")),
                List.of(end)),
            FIRST,
            History.NONE);
    assertThat(texts(report.changes())).singleElement().asString().startsWith(over.toString());
    assertThat(texts(report.leftAlone())).hasSize(1);
    assertThat(texts(report.unknown())).hasSize(1);
    assertThat(report.todo()).containsExactly(end);
  }

  @Test
  void a_repair_that_failed_is_not_tried_every_hour_but_by_whoever_asks_for_all_or_for_one() {
    Finding route = Finding.drift(PEERING.id(), "add route a");
    Inspection found =
        new Inspection(
            List.of(route), List.of(Start.connect(PEERING, Samples.HUB_VPC, "add route a")));
    DriftReport hourly = reported(HOURLY, 1, found, FIRST, failed(route));
    assertThat(hourly.todo()).isEmpty();
    assertThat(texts(hourly.changes())).singleElement().asString().startsWith(route.toString());
    assertThat(hourly.heldBack())
        .containsExactly(
            new HeldBack(
                PEERING.id(),
                "2026-11-23T08:00:00Z",
                "its repair failed in that run; the daily run tries again, a run with \"only\" at"
                    + " once"));
    assertThat(hourly.summary()).endsWith(", 1 not tried again yet");
    assertThat(hourly.notice(FIRST, NOBODYS))
        .extracting(Notice::message)
        .asString()
        .contains("Is not tried again before the daily run, because its repair failed:")
        .doesNotContain("Is being repaired:");
    for (Map<String, String> asked :
        List.of(Map.of("mode", "repair"), Map.of("mode", "repair", "only", PEERING.id().value()))) {
      DriftReport all = reported(ReconcileOrder.of(asked), 1, found, FIRST, failed(route));
      assertThat(all.todo()).hasSize(1);
      assertThat(all.heldBack()).isEmpty();
    }
  }

  @Test
  void a_repair_that_failed_holds_up_no_other_and_is_not_tried_again_for_an_obstacle_beside_it() {
    Finding route = Finding.drift(PEERING.id(), "add route a");
    Peering other = Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "");
    Start repair = Start.connect(other, Samples.HUB_VPC, "add route b");
    DriftReport report =
        reported(
            HOURLY,
            2,
            new Inspection(
                List.of(
                    route,
                    Finding.of(PEERING.id(), Obstacle.seen("narrower")),
                    Finding.drift(other.id(), "add route b")),
                List.of(Start.connect(PEERING, Samples.HUB_VPC, "add route a"), repair)),
            FIRST,
            failed(route));
    assertThat(report.heldBack()).extracting(HeldBack::at).containsExactly(PEERING.id());
    assertThat(report.todo()).containsExactly(repair);
  }

  @Test
  void a_request_that_failed_is_held_back_as_well_and_an_end_never() {
    Finding asks = Finding.drift(Samples.SERVICE_VPC, "connect it");
    Start request =
        new Start.Request(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.SERVICE_VPC, "tag");
    DriftReport report =
        reported(HOURLY, 1, new Inspection(List.of(asks), List.of(request)), FIRST, failed(asks));
    assertThat(report.todo()).isEmpty();
    assertThat(report.heldBack())
        .singleElement()
        .satisfies(held -> assertThat(held.what()).contains("look-at-account for 210987654321"));

    Finding over = Finding.drift(PEERING.id(), "disconnect, because it is over");
    Start end = Start.disconnect(PEERING, Samples.HUB_VPC, "over");
    assertThat(
            reported(HOURLY, 1, new Inspection(List.of(over), List.of(end)), FIRST, failed(over))
                .todo())
        .containsExactly(end);
  }

  /** That the repair of just this has failed. */
  private static History failed(Finding finding) {
    return failed(finding + ", since before yesterday", finding.at());
  }

  private static History failed(String line, Place at) {
    return new History(
        List.of(
            new History.Run(
                BEFORE,
                new PastReport(
                    "repair",
                    "connected",
                    lines(line),
                    List.of(),
                    List.of(new PastReport.Repaired(at, "FAILED", null)),
                    List.of(),
                    ""))));
  }

  @Test
  void what_people_have_heard_is_not_told_again() {
    String heard = "pcx-00000001: add route a, since before yesterday";
    Since since =
        new Since(
            Optional.of(
                new Since.Earlier(
                    BEFORE, true, lines(heard), lines(heard, "pcx-00000002: no role"))),
            NOW);
    Finding unknown = Finding.unknown(Place.of("pcx-00000002"), "no role");
    assertThat(report(List.of(DRIFT, unknown), since).notice(since, NOBODYS)).isNull();
    Finding more = Finding.unknown(Place.of("pcx-00000003"), "no role");
    assertThat(report(List.of(DRIFT, unknown, more), since).notice(since, NOBODYS))
        .extracting(Notice::message)
        .asString()
        .contains("pcx-00000001: add route a", "pcx-00000002: no role", "pcx-00000003: no role");
  }

  @Test
  void who_did_it_ends_the_line_and_makes_none_new() {
    String heard = "pcx-00000001: add route a, since before yesterday";
    Finding named = DRIFT.by("ci at noon");
    for (String told : List.of(heard, heard + ", by ci at noon", heard + ", by somebody else")) {
      Since since =
          new Since(Optional.of(new Since.Earlier(BEFORE, true, lines(told), lines(told))), NOW);
      DriftReport report = report(List.of(named), since);
      assertThat(texts(report.changes())).containsExactly(heard + ", by ci at noon");
      assertThat(report.notice(since, NOBODYS)).isNull();
      assertThat(texts(report(List.of(DRIFT), since).changes())).containsExactly(heard);
      assertThat(report(List.of(DRIFT), since).notice(since, NOBODYS)).isNull();
    }
    assertThat(report(List.of(named), FIRST).notice(FIRST, NOBODYS))
        .extracting(Notice::message)
        .asString()
        .contains(", by ci at noon");
  }

  @Test
  void a_repair_that_failed_is_held_back_whoever_has_made_it_necessary() {
    Finding route = Finding.drift(PEERING.id(), "add route a");
    List<Start> repairs = List.of(Start.connect(PEERING, Samples.HUB_VPC, "add route a"));
    for (Finding found : List.of(route, route.by("ci at noon"))) {
      DriftReport report =
          reported(
              HOURLY,
              1,
              new Inspection(List.of(found), repairs),
              FIRST,
              failed(route + ", since before yesterday, by somebody at noon", route.at()));
      assertThat(report.todo()).isEmpty();
      assertThat(report.heldBack()).hasSize(1);
    }
  }

  @Test
  void what_is_not_mended_now_has_no_doer() {
    Finding named = Finding.drift(PEERING.id(), "add route a").by("ci at noon");
    DriftReport report = report(List.of(named, Finding.unknown(PEERING.id(), "denied")), FIRST);
    assertThat(texts(report.unknown()))
        .containsExactly(PEERING.id() + ": add route a", PEERING.id() + ": denied");
  }

  @Test
  void who_did_it_goes_where_room_is_short_and_before_any_line_does() {
    List<Finding> findings =
        IntStream.range(0, 3)
            .mapToObj(n -> Finding.drift(PEERING.id(), n + "x".repeat(40)).by("y".repeat(80)))
            .toList();
    Inspection found = new Inspection(findings, List.of());
    assertThat(found.shortened(1).findings()).isEqualTo(findings);
    // 250 bytes are 3 lines of 63, and no more.
    assertThat(found.shortened(125).findings())
        .hasSize(3)
        .extracting(Finding::by)
        .containsOnlyNulls();
    Inspection two = new Inspection(findings.subList(0, 2), List.of());
    assertThat(two.shortened(125).findings())
        .extracting(Finding::by)
        .containsExactly("y".repeat(80), null);
    Inspection many = found.and(found).and(found);
    assertThat(many.shortened(125).findings())
        .last()
        .extracting(Finding::what)
        .isEqualTo("and 6 more of this");
    assertThat(many.shortened(125).findings()).extracting(Finding::by).containsOnlyNulls();
  }

  @Test
  void what_is_missing_is_not_in_a_workflows_data() {
    Finding lost =
        Finding.drift(PEERING.id(), "write its tags again")
            .losing(new Loss.OfClaim(Samples.HUB_VPC, PEERING.id()));
    assertThat(new Inspection(List.of(lost), List.of()).shortened(1).findings())
        .containsExactly(Finding.drift(PEERING.id(), "write its tags again"));
  }

  @Test
  void many_vpcs_that_are_left_alone_are_counted() {
    List<Finding> findings =
        IntStream.range(0, 50)
            .mapToObj(n -> Finding.leftAlone(new VpcId("vpc-%08x".formatted(n)), "too many"))
            .toList();
    assertThat(new Inspection(findings, List.of()).shortened(1).findings())
        .hasSize(21)
        .last()
        .extracting(Finding::what)
        .isEqualTo("and 30 more VPCs");
  }

  @Test
  void the_fewer_connections_there_are_the_more_is_said_of_each() {
    List<Finding> findings =
        IntStream.range(0, 12)
            .mapToObj(
                n ->
                    Finding.drift(
                        PEERING.id(), "add route 10.%d.0.0/16 -> %s".formatted(n, PEERING.id())))
            .toList();
    Inspection found = new Inspection(findings, List.of());
    assertThat(found.shortened(20).findings()).isEqualTo(findings);
    assertThat(found.shortened(125).findings())
        .hasSize(4)
        .last()
        .extracting(Finding::what)
        .isEqualTo("and 9 more of this");
  }

  @Test
  void one_connection_is_mended_once_and_its_end_goes_before_its_repair() {
    Start connect = Start.connect(PEERING, Samples.HUB_VPC, "add route");
    Start end = Start.disconnect(PEERING, Samples.HUB_VPC, "over");
    assertThat(
            reported(
                    ORDER,
                    1,
                    new Inspection(List.of(DRIFT), List.of(connect, connect, end)),
                    FIRST,
                    History.NONE)
                .todo())
        .containsExactly(end);
  }

  @Test
  void a_line_that_was_there_keeps_its_time_and_a_new_one_appeared_between_two_runs() {
    Since since =
        new Since(
            Optional.of(
                new Since.Earlier(
                    BEFORE,
                    false,
                    lines("pcx-00000001: add route a, since before yesterday"),
                    List.of())),
            NOW);
    assertThat(
            texts(
                report(
                        List.of(
                            DRIFT,
                            Finding.drift(Place.of("pcx-00000001"), "add route"),
                            Finding.drift(Place.of("vpc-00000001"), "connect it")),
                        since)
                    .changes()))
        .containsExactly(
            "pcx-00000001: add route a, since before yesterday",
            "pcx-00000001: add route, since between 2026-11-23T08:00:00Z and 2026-11-23T09:00:00Z",
            // Nobody has looked for VPCs then.
            "vpc-00000001: connect it, since before 2026-11-23T09:00:00Z");
  }

  @Test
  void the_worst_report_fits_into_an_execution() {
    List<Finding> findings =
        IntStream.range(0, 125)
            .boxed()
            .flatMap(
                n ->
                    IntStream.range(0, 50)
                        .mapToObj(
                            m ->
                                new Finding(
                                    sort(n),
                                    new PeeringId("pcx-%08x".formatted(n)),
                                    m + "ü".repeat(300))))
            .toList();
    List<Start> repairs =
        IntStream.range(0, 5000)
            .mapToObj(
                n ->
                    Start.connect(
                        Samples.other(
                            new PeeringId("pcx-%08x".formatted(200 + n)), PeeringStatus.ACTIVE, ""),
                        Samples.HUB_VPC,
                        "é".repeat(250)))
            .toList();
    Inspection shortened = new Inspection(findings, repairs).shortened(125);
    assertThat(shortened.findings()).hasSize(125 * 2);
    assertThat(shortened.findings().get(1).what()).isEqualTo("and 49 more of this");
    DriftReport report =
        reported(ORDER, 125, new Inspection(findings, repairs), FIRST, History.NONE);
    assertThat(texts(report.changes()))
        .last()
        .asString()
        .startsWith("and ")
        .endsWith(" more lines");
    assertThat(report.toString().getBytes(StandardCharsets.UTF_8).length).isLessThan(256_000);
  }

  private static Finding.Sort sort(int n) {
    return Finding.Sort.values()[n % 3];
  }

  private static DriftReport report(List<Finding> findings, Since since) {
    return reported(ORDER, 3, new Inspection(findings, List.of()), since, History.NONE);
  }

  private static DriftReport reported(
      ReconcileOrder order, int connections, Inspection found, Since since, History history) {
    return DriftReport.of(order, connections, Settled.of(order, found, history), since);
  }

  private static List<String> texts(List<ReportLine> lines) {
    return lines.stream().map(ReportLine::toString).toList();
  }

  private static List<ReportLine> lines(String... texts) {
    return Stream.of(texts).map(ReportLine::read).toList();
  }
}
