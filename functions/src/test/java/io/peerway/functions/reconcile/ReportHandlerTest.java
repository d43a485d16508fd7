package io.peerway.functions.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.functions.Emitted;
import io.peerway.functions.Invoked;
import io.peerway.model.port.FreezeCalendar;
import io.peerway.model.port.PastRun;
import io.peerway.testing.FakeAws;
import io.peerway.testing.FakeCalendar;
import io.peerway.testing.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportHandlerTest {
  private String tags = "";
  private String clear = "";
  private String round = "'again': false, 'repaired': []";
  private static final String DRIFT =
      "{'sort': 'DRIFT', 'at': 'pcx-0a1b2c3d4e5f60718', 'what': 'add route a'}";
  private static final String REPAIR =
      "{'kind': 'CONNECT', 'at': 'pcx-0a1b2c3d4e5f60718', 'accountId': '210987654321',"
          + " 'peeringId': 'pcx-0a1b2c3d4e5f60718', 'reason': 'add route a'}";
  private static final Instant EARLIER = Instant.parse("2026-11-23T07:00:00Z");

  private final List<PastRun> past = new ArrayList<>();
  private FreezeCalendar calendar = FreezeCalendar.NONE;
  private String freezes = "";
  private int asked;

  @Test
  void without_drift_nobody_is_asked_for_earlier_runs() {
    JsonNode answer = report("PLAN", "", "");
    assertThat(answer.at("/report/changes")).isEmpty();
    assertThat(answer.get("nat").asText()).isEqualTo("FINE");
    assertThat(answer.has("notice")).isFalse();
    assertThat(asked).isZero();
  }

  @Test
  void a_line_of_the_last_plan_keeps_its_time() {
    past("plan", "connected", "pcx-0a1b2c3d4e5f60718: add route a, since before noon", "");
    assertThat(changes(report("PLAN", DRIFT, "")))
        .containsExactly("pcx-0a1b2c3d4e5f60718: add route a, since before noon");
  }

  @Test
  void a_record_that_comes_late_names_the_doer_and_makes_no_line_new() {
    String line = "pcx-0a1b2c3d4e5f60718: add route a, since before noon";
    String named = DRIFT.replace("}", ", 'by': 'arn:aws:iam::210987654321:root at noon'}");
    past("plan", "connected", line, "");
    JsonNode answer = report("PLAN", named, "");
    assertThat(changes(answer))
        .containsExactly(line + ", by arn:aws:iam::210987654321:root at noon");
    assertThat(answer.has("notice")).isFalse();

    past.clear();
    past.add(new PastRun(EARLIER, answer.get("report").toString()));
    JsonNode forgotten = report("PLAN", DRIFT, "");
    assertThat(changes(forgotten)).containsExactly(line);
    assertThat(forgotten.has("notice")).isFalse();
  }

  @Test
  void a_line_that_was_repaired_and_is_there_again_is_new() {
    String line = "pcx-0a1b2c3d4e5f60718: add route a, since before noon";
    past(
        "repair",
        "all",
        line,
        "{'at': 'pcx-0a1b2c3d4e5f60718', 'kind': 'CONNECT', 'state': 'SUCCEEDED'}");
    assertThat(changes(report("PLAN", DRIFT, "")))
        .containsExactly(
            "pcx-0a1b2c3d4e5f60718: add route a, since between 2026-11-23T07:00:00Z and"
                + " 2026-11-23T08:00:00Z");
    past.clear();
    past(
        "repair",
        "all",
        line,
        "{'at': 'pcx-0a1b2c3d4e5f60718', 'kind': 'CONNECT', 'state': 'FAILED'}");
    assertThat(changes(report("PLAN", DRIFT, ""))).containsExactly(line);
  }

  @Test
  void a_repair_that_failed_is_tried_and_told_once_and_not_every_hour() {
    String line = "pcx-0a1b2c3d4e5f60718: add route a, since before noon";
    past("repair", "connected", line, "{'at': 'pcx-0a1b2c3d4e5f60718', 'state': 'FAILED'}");
    JsonNode second = report("REPAIR", DRIFT, REPAIR, "");
    assertThat(second.at("/report/changes").valueStream().map(JsonNode::asText))
        .containsExactly(line);
    assertThat(second.at("/report/todo")).isEmpty();
    assertThat(second.at("/report/heldBack/0/failed").asText()).isEqualTo("2026-11-23T07:00:00Z");
    assertThat(second.has("notice")).isFalse();

    past.clear();
    past.add(new PastRun(Instant.parse("2026-11-23T07:30:00Z"), second.get("report").toString()));
    JsonNode third = report("REPAIR", DRIFT, REPAIR, "");
    assertThat(third.at("/report/todo")).isEmpty();
    assertThat(third.at("/report/heldBack")).isEqualTo(second.at("/report/heldBack"));
    assertThat(third.has("notice")).isFalse();

    String more = DRIFT + ", " + DRIFT.replace("route a", "route b");
    assertThat(report("REPAIR", more, REPAIR, "").at("/report/todo")).hasSize(1);
  }

  @Test
  void a_repair_that_met_a_passing_fault_is_tried_again_within_the_hour() {
    String line = "pcx-0a1b2c3d4e5f60718: add route a, since before noon";
    past(
        "repair",
        "connected",
        line,
        "{'at': 'pcx-0a1b2c3d4e5f60718', 'state': 'FAILED', 'error': 'Runtime.ExitError'}");
    JsonNode second = report("REPAIR", DRIFT, REPAIR, "");
    assertThat(second.at("/report/todo")).hasSize(1);
    assertThat(second.at("/report/heldBack")).isEmpty();
    assertThat(second.has("notice")).isFalse();
  }

  @Test
  void runs_that_looked_at_something_else_or_cannot_be_read_are_passed_over() {
    past.add(new PastRun(EARLIER, ""));
    past.add(new PastRun(EARLIER, "{}"));
    past.add(new PastRun(EARLIER, "[1"));
    past("plan", "pcx-0ffffffffffffffff", "", "");
    assertThat(changes(report("PLAN", DRIFT, "")))
        .containsExactly("pcx-0a1b2c3d4e5f60718: add route a, since before 2026-11-23T08:00:00Z");
  }

  @Test
  void an_account_that_could_not_be_checked_makes_its_connections_unknown() {
    JsonNode answer = report("REPAIR", DRIFT, failed("210987654321"));
    assertThat(answer.at("/report/changes")).isEmpty();
    assertThat(answer.at("/report/todo")).isEmpty();
    assertThat(answer.at("/report/unknown"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder(
            "pcx-0a1b2c3d4e5f60718: add route a",
            "pcx-0a1b2c3d4e5f60718: its account could not be checked:"
                + " io.peerway.model.error.Throttled");
  }

  @Test
  void accounts_without_a_connection_that_could_not_be_checked_are_counted_by_reason() {
    String unread = "{'unread': [{'why': 'Denied', 'accounts': %d, 'first': %s}]}";
    JsonNode answer =
        report(
            "PLAN",
            "",
            String.join(
                ", ",
                unread.formatted(5, "['000000000001', '000000000002', '000000000003']"),
                unread.formatted(1, "['000000000006']"),
                failed("000000000007', '000000000008"),
                "{}"));
    assertThat(answer.at("/report/leftAlone").valueStream().map(JsonNode::asText))
        .containsExactly(
            "6 accounts without a connection: could not be checked (Denied): 000000000001,"
                + " 000000000002, 000000000003 and 3 more",
            "2 accounts without a connection: could not be checked (Throttled): 000000000007,"
                + " 000000000008");
    assertThat(answer.at("/report/unknown")).isEmpty();
    assertThat(answer.has("notice")).isFalse();
  }

  @Test
  void drift_of_a_vpn_instance_is_applied() {
    JsonNode answer =
        report(
            "REPAIR",
            "{'sort': 'DRIFT', 'at': 'VPN instance i-00000001', 'what': 'translate'}",
            "");
    assertThat(answer.get("nat").asText()).isEqualTo("APPLY");
    assertThat(answer.at("/notice/message").asText()).contains("Is being repaired:");
  }

  @Test
  void a_connection_that_was_obstructed_is_looked_at_once_nothing_is_in_the_way() {
    tags = ", 'peerway:obstructed': 'vpn'";
    assertThat(report("REPAIR", "", "").at("/report/todo")).isEmpty();
    clear = ", 'isClear': true";
    JsonNode answer = report("REPAIR", "", "");
    assertThat(answer.at("/report/todo/0/kind").asText()).isEqualTo("CONNECT");
    assertThat(answer.at("/report/changes/0").asText()).contains("VPN clients get through");
    tags = ", 'peerway:obstructed': ''";
    assertThat(report("REPAIR", "", "").at("/report/todo")).isEmpty();
  }

  @Test
  void in_a_freeze_what_people_know_to_wait_is_no_news() {
    freezes = ", 'freezes': 'HEED'";
    tags = ", 'peerway:frozen': '2026-11-23T07:00:00Z'";
    assertThat(report("REPAIR", DRIFT, REPAIR, "{}").has("notice")).isTrue();
    calendar = FakeCalendar.closed();
    JsonNode answer = report("REPAIR", DRIFT, REPAIR, "{}");
    assertThat(answer.has("notice")).isFalse();
    assertThat(answer.get("todo")).isEmpty();
    tags = "";
    assertThat(report("REPAIR", DRIFT, REPAIR, "{}").has("notice")).isTrue();
  }

  @Test
  void in_a_freeze_a_vpn_instance_is_sent_its_set_only_where_that_takes_nothing_away() {
    freezes = ", 'freezes': 'HEED'";
    calendar = FakeCalendar.closed();
    assertThat(report("REPAIR", VPN, "", "{}").get("nat").asText()).isEqualTo("FINE");
    clear = ", 'onlyLacks': true";
    assertThat(report("REPAIR", VPN, "", "{}").get("nat").asText()).isEqualTo("APPLY");
  }

  @Test
  void a_notice_names_the_accounts_whose_teams_it_concerns() {
    assertThat(told(report("PLAN", DRIFT, "{}"))).containsExactly("210987654321");
    // What is no connection is whose what mends it is about.
    String repairs = REPAIR + ", " + LEAVE;
    assertThat(told(report("PLAN", LEFT, repairs, "{}"))).containsExactly("345678901234");
    assertThat(told(report("PLAN", VPN, repairs, "{}"))).isEmpty();
  }

  @Test
  void a_run_for_one_connection_counts_no_other() {
    assertThat(summary("pcx-0a1b2c3d4e5f60718")).startsWith("0 of 1 connection ");
    assertThat(summary("pcx-0ffffffffffffffff")).startsWith("0 of 0 connections ");
  }

  // ---- two rounds ------------------------------------------------------------------------------

  private static final String VPN =
      "{'sort': 'DRIFT', 'at': 'VPN instance i-00000001', 'what': 'translate'}";
  private static final String LEAVE =
      "{'kind': 'LEAVE', 'at': 'left in vpc-00000001', 'accountId': '345678901234', 'region': 'eu-west-1', 'vpcId': 'vpc-00000001', 'reason': 'a group'}";
  private static final String LEFT =
      "{'sort': 'DRIFT', 'at': 'left in vpc-00000001', 'what': 'delete a group'}";
  private static final String REFUSED = "{'refused': ['210987654321']}";

  @Test
  void of_what_aws_refuses_nothing_is_mended_nor_said_yet_and_all_else_is_mended() {
    JsonNode answer =
        report("REPAIR", String.join(", ", VPN, DRIFT, LEFT), REPAIR + ", " + LEAVE, REFUSED);
    assertThat(answer.get("nat").asText()).isEqualTo("APPLY");
    assertThat(answer.get("todo"))
        .extracting(todo -> todo.get("at").asText())
        .containsExactly("left in vpc-00000001");
    assertThat(answer.has("notice")).isFalse();
    assertThat(answer.at("/report/changes")).isEmpty();
    assertThat(answer.at("/report/repaired").isArray()).isTrue();
    JsonNode next = answer.get("next");
    assertThat(next.get("accounts")).isEqualTo(Invoked.json("[['210987654321']]"));
    assertThat(next.at("/found/0/findings")).hasSize(3);
    assertThat(next.get("found")).hasSize(2);
    assertThat(next.at("/nat/state").asText()).isEqualTo("DONE");
    assertThat(next.at("/round/again").asBoolean()).isTrue();
  }

  @Test
  void the_second_round_says_all_and_does_what_is_not_done_yet() {
    round =
        "'again': true, 'repaired': [{'kind': 'LEAVE', 'at': 'left in vpc-00000001', 'state': 'FAILED', 'error': 'Left'}]";
    JsonNode answer =
        report("REPAIR", String.join(", ", VPN, DRIFT, LEFT), REPAIR + ", " + LEAVE, "{}");
    assertThat(answer.get("nat").asText()).as("was sent in the first round").isEqualTo("FINE");
    assertThat(answer.at("/report/changes")).hasSize(3);
    assertThat(answer.at("/report/todo")).hasSize(2);
    assertThat(answer.at("/report").has("repaired")).isFalse();
    assertThat(answer.at("/todo/0/state").isMissingNode()).isTrue();
    assertThat(answer.at("/todo/1/error").asText()).isEqualTo("Left");
    assertThat(answer.at("/notice/message").asText()).contains("Is being repaired:");
    assertThat(answer.has("next")).isFalse();
  }

  @Test
  void a_plan_does_nothing() {
    assertThat(report("PLAN", DRIFT, REPAIR, "{}").get("todo")).isEmpty();
    assertThat(report("PLAN", DRIFT, REPAIR, REFUSED).get("todo")).isEmpty();
  }

  @Test
  void what_was_seen_besides_is_in_the_report_and_measured() {
    clear =
        ", 'counts': [{'instance': 'i-0cccccccccccccccc', 'tracked': 900, 'most': 1000, 'insertFailed': 0}]";
    try (Emitted emitted = new Emitted()) {
      JsonNode seen = report("PLAN", "", "{}").at("/report/seen");
      assertThat(seen.at("/hub/0").asText()).isEqualTo("10.100.0.0/16");
      assertThat(seen.at("/vpn/0/tracked").asInt()).isEqualTo(900);
      assertThat(emitted.lines())
          .contains(
              "Connections 1.0 Count [State=connected]",
              "TrackedConnectionsUsed 90.0 Percent [Service=peerway]");
    }
    assertThat(asked).as("nothing was lost, nothing has drifted").isZero();
  }

  @Test
  void what_a_vpn_instance_has_lost_is_counted_from_the_run_before() {
    clear = ", 'counts': [{'instance': 'i-0cccccccccccccccc', 'insertFailed': 12}]";
    past.add(
        new PastRun(
            EARLIER,
            """
            {"mode": "plan", "extent": "connected", "seen": {"at": "2026-11-23T07:00:00Z", "hub": [],
             "fullestTable": 0, "vpn": [{"instance": "i-0cccccccccccccccc", "insertFailed": 5}],
             "refused": [], "standings": []}}"""));
    try (Emitted emitted = new Emitted()) {
      assertThat(report("PLAN", "", "{}").at("/report/seen/vpn/0/lost").asLong()).isEqualTo(7);
      assertThat(emitted.lines())
          .contains(
              "InsertFailed 7.0 Count [Service=peerway]",
              "InsertFailed 7.0 Count [Instance=i-0cccccccccccccccc]");
    }
    assertThat(asked).isOne();
  }

  @Test
  void what_is_refused_or_waits_is_in_the_report_as_such() {
    JsonNode seen =
        report(
                "PLAN",
                "{'sort': 'REFUSED', 'at': 'pcx-0a1b2c3d4e5f60718', 'what': 'made by hand'}",
                "{}")
            .at("/report");
    assertThat(seen.at("/seen/standings/0/sort").asText()).isEqualTo("REFUSED");
    assertThat(seen.at("/leftAlone/0").asText()).isEqualTo("pcx-0a1b2c3d4e5f60718: made by hand");
    assertThat(asked).isZero();
  }

  @Test
  void a_run_for_one_connection_hands_on_what_was_known_and_measures_nothing() {
    past("plan", "connected", "pcx-00000009: add route b, since before noon", "");
    try (Emitted emitted = new Emitted()) {
      JsonNode seen = report("PLAN', 'only': 'pcx-0a1b2c3d4e5f60718", "", "{}").at("/report/seen");
      assertThat(seen.at("/others/changes/0").asText())
          .isEqualTo("pcx-00000009: add route b, since before noon");
      assertThat(emitted.lines()).isEmpty();
    }
  }

  private String summary(String only) {
    return report("PLAN', 'only': '" + only, "", "{}").at("/report/summary").asText();
  }

  private static List<String> told(JsonNode answer) {
    return answer.at("/notice/account").valueStream().map(JsonNode::asText).toList();
  }

  /** What the workflow answers for a group whose check broke off. */
  private static String failed(String accounts) {
    return "{'accounts': ['%s'], 'error': 'io.peerway.model.error.Throttled'}".formatted(accounts);
  }

  private JsonNode report(String mode, String finding, String account) {
    return report(mode, finding, "", account);
  }

  private JsonNode report(String mode, String finding, String repair, String account) {
    return Invoked.step(
        new ReportHandler(
            FakeAws.with(World.sample())
                .past(
                    atMost -> {
                      asked++;
                      return past;
                    })
                .freezeCalendar(calendar)
                .aws()),
        """
        {'order': {'mode': '%s', 'accounts': 'CONNECTED'%s}, 'readAt': 1795420800000,
         'hub': {'vpc': {'id': 'vpc-0aaaaaaaaaaaaaaaa', 'owner': '123456789012', 'cidrs': ['10.100.0.0/16'], 'tags': {}}, 'vpnAddresses': ['10.100.0.10/32'], 'peerings': [
           {'id': 'pcx-0a1b2c3d4e5f60718', 'status': 'ACTIVE', 'tags': {'peerway:cidrs': '10.110.0.0/16'%s},
            'requester': {'account': '210987654321', 'region': 'eu-west-1',
              'vpc': 'vpc-0bbbbbbbbbbbbbbbb', 'cidrs': []},
            'accepter': {'account': '123456789012', 'region': 'eu-west-1',
              'vpc': 'vpc-0aaaaaaaaaaaaaaaa', 'cidrs': []}}]},
         'found': [{'findings': [%s], 'repairs': [%s]}],
         'accounts': [%s],
         'nat': {'state': 'DONE', 'findings': []%s}, 'round': {%s}, 'execution': 'e'}"""
            .formatted(mode, freezes, tags, finding, repair, account, clear, round));
  }

  private void past(String mode, String extent, String line, String repaired) {
    past.add(
        new PastRun(
            EARLIER,
            """
            {"mode": "%s", "extent": "%s", "changes": ["%s"], "repaired": [%s]}"""
                .formatted(mode, extent, line, repaired.replace('\'', '"'))));
  }

  private static List<String> changes(JsonNode answer) {
    return answer.at("/report/changes").valueStream().map(JsonNode::asText).toList();
  }
}
