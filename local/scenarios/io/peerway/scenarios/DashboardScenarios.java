package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RigExtension.class)
@DisplayName("The dashboard")
final class DashboardScenarios {
  private static final List<String> SHOWN =
      List.of("ec2:DescribeVpcPeeringConnections", "cloudtrail:LookupEvents");

  private final Rig rig;

  DashboardScenarios(Rig rig) {
    this.rig = rig;
  }

  @Test
  @DisplayName(
      "a connection is shown as connected, with its account's name, and pressed with its history")
  void shown() {
    Service service = rig.service(Map.of("instance", false));
    String peering = rig.people().connectByTag(service);
    rig.executions().reconcile(Map.of("mode", "plan", "accounts", "connected"));
    int before = rig.sight().lastCall();

    String picture = fresh(Map.of("widget", "network"), peering);
    String details = show(Map.of("widget", "details", "id", peering));

    assertThat(picture)
        .contains("connected</text>", service.name(), service.account(), service.cidr());
    assertThat(details)
        .contains("connected", "let in at ", "peerway:connect=true", service.id(), rig.hubVpc())
        .contains("by arn:aws:sts::" + Rig.HUB_ACCOUNT);
    assertThat(rig.sight().callsSince(before))
        .filteredOn(call -> "ShowFunction".equals(call.function()))
        .extracting(Call::action)
        .isSubsetOf(SHOWN)
        .contains("cloudtrail:LookupEvents");
  }

  @Test
  @DisplayName("a route that somebody deleted is planned and repaired by the dashboard's buttons")
  void repaired() {
    Service service = rig.service(Map.of("instance", false));
    String peering = rig.people().connectByTag(service);
    String table = rig.hubRouteTables().getFirst();
    List<String> routes = rig.sight().routesTo(peering);
    rig.events()
        .unseen(
            () ->
                rig.ec2(Rig.HUB_ACCOUNT)
                    .deleteRoute(r -> r.routeTableId(table).destinationCidrBlock(service.cidr())));
    rig.executions().reconcile(Map.of("mode", "plan", "only", peering));

    assertThat(fresh(Map.of("widget", "details", "id", peering), "drifted"))
        .contains("add route " + service.cidr() + " -&gt; " + peering + " to " + table);

    String plan = run(act("plan", peering));
    assertThat(plan).contains("Would be changed", "add route " + service.cidr());
    assertThat(rig.sight().routesTo(peering)).hasSize(routes.size() - 1);

    String repair = run(act("repair", peering));
    assertThat(repair).contains("Repaired", peering + ": SUCCEEDED");
    assertThat(rig.sight().routesTo(peering)).isEqualTo(routes);
  }

  @Test
  @DisplayName("whoever may only look is denied the function behind the buttons")
  void lookingIsNotActing() {
    Service service = rig.service(Map.of("instance", false));
    String peering = rig.people().connectByTag(service);
    String looker =
        rig.ask(
                "/roles/invoking",
                Map.of("name", "looker", "functions", List.of(rig.output("ShowFunctionArn"))))
            .asText();

    assertThat(invoked("ShowFunctionArn", Map.of("widget", "network"), looker).has("answer"))
        .isTrue();
    JsonNode repair = invoked("ActFunctionArn", Map.of("act", "repair", "id", peering), looker);
    assertThat(repair.path("denied").asText()).contains("lambda:InvokeFunction");
    assertThat(repair.has("answer")).isFalse();
  }

  @Test
  @DisplayName("a request that a person has refused is listed with what lets it ask again")
  void refused() {
    Service service = rig.service(Map.of("instance", false));
    String peering = rig.people().connectByTag(service);
    rig.people().refuse(peering);
    rig.executions().disconnection(peering);
    rig.executions().reconcile(Map.of("mode", "plan", "accounts", "connected"));

    assertThat(fresh(Map.of("widget", "waiting"), service.id()))
        .contains("aws ec2 delete-tags --resources " + rig.hubVpc())
        .contains("peerway:refused:" + service.id());
  }

  // The execution that a button has begun, once it is over.
  private String run(String answer) {
    Matcher named = Pattern.compile("&quot;run&quot;:&quot;([^&]+)&quot;").matcher(answer);
    assertThat(named.find()).as(answer).isTrue();
    return Rig.eventually(
        "the end of " + named.group(1),
        () ->
            Optional.of(show(Map.of("widget", "run", "run", named.group(1))))
                .filter(html -> !html.contains(": RUNNING")));
  }

  private String act(String act, String peering) {
    String answer =
        invoked("ActFunctionArn", Map.of("act", act, "id", peering), null).path("answer").asText();
    assertThat(answer).contains("Begun: " + act);
    return answer;
  }

  private String show(Map<String, ?> event) {
    return invoked("ShowFunctionArn", event, null).path("answer").asText();
  }

  // An environment keeps for a minute what it has read; a new version has none yet.
  private String fresh(Map<String, ?> event, String until) {
    rig.ask(
        "/functions/vary", Map.of("function", "ShowFunction", "variables", Map.of("FRESH", until)));
    return Rig.eventually(
        until + " on the dashboard",
        () -> Optional.of(show(event)).filter(html -> html.contains(until)));
  }

  private JsonNode invoked(
      String output, Map<String, ?> event, @org.jspecify.annotations.Nullable String role) {
    Map<String, Object> request = new HashMap<>();
    request.put("function", rig.output(output));
    request.put("event", event);
    if (role != null) {
      request.put("role", role);
    }
    return rig.ask("/functions/invoke", request);
  }
}
