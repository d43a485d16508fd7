package io.peerway.functions.seen;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.error.Denied;
import io.peerway.testing.EventRecord;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShowHandlerTest {
  private static final String DETAILS = "{'widget': 'details', 'id': '" + Samples.PEERING + "'";

  private final Boards boards = Boards.connected();

  @Test
  void a_view_takes_three_calls_and_none_for_a_minute_after_that() {
    boards.show("{'widget': 'network'}");
    assertThat(boards.asked).containsExactlyInAnyOrder("ec2", "list", "describe");
    boards.show("{'widget': 'network'}");
    boards.show("{'widget': 'waiting'}");
    boards.show(DETAILS + "}");
    assertThat(boards.asked).hasSize(3);
    boards.now = Boards.NOW.plusSeconds(61);
    boards.show("{'widget': 'waiting'}");
    assertThat(boards.asked).hasSize(6);
  }

  @Test
  void what_is_kept_for_a_minute_is_not_kept_for_another_look() {
    String light = boards.exactly(Boards.event("{}", "light", 800));
    assertThat(boards.exactly(Boards.event("{}", "dark", 800))).isNotEqualTo(light);
    assertThat(boards.exactly(Boards.event("{}", "light", 1200))).isNotEqualTo(light);
    assertThat(boards.exactly(Boards.event("{}", "light", 800))).isEqualTo(light);
  }

  @Test
  void a_press_on_a_service_of_a_cold_function_takes_two_calls_and_one_for_its_history() {
    boards.show(DETAILS + ", 'run': 'reconcile-1'}");
    assertThat(boards.asked).containsExactlyInAnyOrder("ec2", "describe");
  }

  @Test
  void a_press_shows_what_is_known_and_what_can_be_done() {
    boards.world.record(
        Samples.HUB_ACCOUNT,
        EventRecord.of(
            "CreateTags",
            Map.of(
                "resourcesSet",
                Map.of("items", List.of(Map.of("resourceId", Samples.PEERING.value()))))));
    assertThat(boards.show(DETAILS + "}"))
        .contains("✓ connected", "payments", "vpc-0bbbbbbbbbbbbbbbb", "210987654321, eu-west-1")
        .contains("let in at 2026-11-29T11:00:00Z", "peerway:connect=true")
        .contains("10.110.0.0/16 → pcx-0a1b2c3d4e5f60718", "tcp/22", "172.168.0.0/24")
        .contains("CreateTags by " + EventRecord.CALLER)
        .contains("confirmation=\"Have reconcile say", "confirmation=\"Have reconcile change")
        .contains("endpoint=\"" + Boards.ACT + "\"")
        .contains("{&quot;act&quot;:&quot;repair&quot;", "execution:peerway-connect:pcx-");
  }

  @Test
  void a_press_that_names_a_run_which_is_gone_takes_the_last_one() {
    assertThat(boards.show(DETAILS + ", 'run': 'gone'}")).contains("✓ connected");
  }

  @Test
  void the_form_is_sent_to_the_doctor_and_its_answer_is_text() {
    boards.answer =
        """
        {"summary": "The route <b>back</b> is missing.", "first": null, "hops": [
          {"at": "HUB_ROUTE", "what": "route of the hub", "verdict": "RIGHT", "evidence": "rtb-1"},
          {"at": "SERVICE_ROUTE", "what": "route back", "verdict": "WRONG", "evidence": "<script>",
           "mend": "aws ec2 create-route …", "changed": "arn:ann at noon"},
          {"at": "NEW_STATION"}]}
        """;
    String form = boards.show("{'widget': 'reach'}");
    assertThat(form)
        .contains(
            "name=\"to\"", "name=\"port\"", "name=\"protocol\"", "<cwdb-action action=\"call\"")
        .contains("display=\"widget\" endpoint=\"" + Boards.SHOW + "\"");
    assertThat(boards.questions).isEmpty();

    String html =
        boards.show(
            "{'widget': 'reach', 'ask': true, 'widgetContext': {'forms': {'all':"
                + " {'to': ' 10.110.0.10 ', 'port': '22', 'protocol': 'tcp'}}}}");
    assertThat(boards.questions)
        .containsExactly("{\"to\":\"10.110.0.10\",\"protocol\":\"tcp\",\"port\":22}");
    assertThat(html)
        .contains(
            "The route &lt;b&gt;back&lt;/b&gt; is missing.", "✓ right", "× wrong", "? unknown")
        .contains("aws ec2 create-route …", "Changed last by arn:ann at noon")
        .contains("value=\"10.110.0.10\"")
        .doesNotContain("<script", "<b>");
    assertThat(boards.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 22, tcp, to: an address",
    "10.1.1.1, 0, tcp, port: a number from 1 to 65535 expected",
    "10.1.1.1, 65536, tcp, got: 65536",
    "10.1.1.1, 22; rm, tcp, got: 22; rm",
    "10.1.1.1, 22, sctp, 'protocol: tcp, udp or icmp expected, got: sctp'",
  })
  void what_nobody_can_be_asked_is_refused_by_its_value(
      String to, String port, String protocol, String expected) {
    assertThat(
            boards.show(
                "{'widget': 'reach', 'ask': true, 'widgetContext': {'forms': {'all': {'to': '%s', 'port': '%s', 'protocol': '%s'}}}}"
                    .formatted(to, port, protocol)))
        .contains(expected)
        .contains("role=\"alert\"");
    assertThat(boards.questions).isEmpty();
  }

  @Test
  void a_doctor_that_answers_nonsense_is_said_to() {
    boards.answer = "no <JSON>";
    assertThat(boards.show("{'widget': 'reach', 'ask': true, 'to': '10.1.1.1'}"))
        .contains("cannot be read: no &lt;JSON&gt;");
  }

  @Test
  void a_run_that_somebody_began_is_shown() {
    assertThat(boards.show("{'widget': 'run', 'run': 'reconcile-1'}"))
        .contains("SUCCEEDED", "1 of 1", "execution:peerway-reconcile:reconcile-1");
    assertThat(boards.show("{'widget': 'run', 'run': 'gone'}")).contains("no execution gone");
  }

  @Test
  void it_describes_itself_in_markdown() {
    assertThat(boards.show("{'describe': true}"))
        .startsWith("## Peerway\n")
        .contains("### Widget parameters", "``` yaml\nwidget: network\n```");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'widget': 'netwrok'} | widget: network, details, reach, waiting or run expected, got: netwrok",
        "{'widget': ['network']} | got: [",
        "{'widget': '<script>'} | got: &lt;script&gt;",
        "{'widget': 'details'} | id: a VPC peering connection id",
        "{'widget': 'details', 'id': 'pcx-1; rm'} | got: pcx-1; rm",
        "{'widget': 'details', 'id': 'pcx-00000009'} | EC2 shows no peering connection pcx-00000009",
        "{'widget': 'run'} | run: the name of an execution expected",
        "{'widget': 'run', 'run': '../x'} | got: ../x",
        "no JSON | a JSON object expected",
      })
  void what_cannot_be_shown_is_said_with_the_value_that_is_wrong(String event, String expected) {
    assertThat(boards.show(event)).contains(expected).contains("role=\"alert\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "7",
        "{'widgetContext': 7}",
        "{'widgetContext': {'theme': ['dark'], 'width': 'wide', 'forms': null}}",
        "{'widgetContext': {'width': -5}}",
        "{'widgetContext': {'width': 1e99}}"
      })
  void a_strange_context_is_as_usual(String event) {
    assertThat(boards.show(event)).contains("1 service VPC: 1 connected");
  }

  @Test
  void what_aws_does_not_let_us_read_is_said_where_it_is_looked_for() {
    boards.beforeEc2 =
        () -> {
          throw new Denied("list <peerings>", new IllegalStateException("denied"));
        };
    assertThat(boards.show("{}")).contains("Denied: ", "list &lt;peerings&gt;", "role=\"alert\"");
  }
}
