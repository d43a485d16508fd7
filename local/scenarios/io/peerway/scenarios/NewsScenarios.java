package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.sqs.SqsClient;

// Early: it reconciles, which looks at every account there is.
@Order(1)
@ExtendWith(RigExtension.class)
@DisplayName("Notifications as events")
final class NewsScenarios {
  private final Rig rig;

  NewsScenarios(Rig rig) {
    this.rig = rig;
  }

  @Test
  @DisplayName(
      "a team's rule that asks for its account receives what is told of it, and no other's")
  void ownAccount() {
    Service service = rig.service(Map.of("instance", false));
    Service other = rig.service(Map.of("instance", false));
    try (Team team = new Team(service)) {
      String peering = rig.people().request(service);
      assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");
      rig.people().connect(other);
      assertThat(team.received("peerway.connected"))
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.at("/account").asText()).isEqualTo(Rig.HUB_ACCOUNT);
                assertThat(event.at("/detail/version").asText()).isEqualTo("1");
                assertThat(event.at("/detail/peeringId").asText()).isEqualTo(peering);
                assertThat(event.at("/detail/vpc").asText()).isEqualTo(service.id());
                assertThat(event.at("/detail/cidrs/0").asText()).isEqualTo(service.cidr());
                assertThat(event.at("/resources/0").asText()).contains(peering);
              });
    }
  }

  @Test
  @DisplayName("drift that is found and the end of a connection are told to its team")
  void driftAndEnd() {
    Service service = rig.service(Map.of("instance", false));
    String peering = rig.people().request(service);
    assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");
    try (Team team = new Team(service)) {
      drift(peering);
      assertThat(team.received("peerway.drifted"))
          .singleElement()
          .satisfies(event -> assertThat(event.toString()).contains(peering));

      rig.people().refuse(peering);
      rig.executions().disconnection(peering);
      assertThat(team.received("peerway.disconnected")).hasSize(1);
    }
  }

  @Test
  @DisplayName("a refusal names its rule and its reason apart from the words")
  void refusal() {
    Service service = rig.service(Map.of("instance", false, "cidr", "172.21.0.0/16"));
    try (Team team = new Team(service)) {
      rig.people().connect(service);
      assertThat(team.received("peerway.refused"))
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.at("/detail/rule").asText()).isEqualTo("InsideAllowedPool");
                assertThat(event.at("/detail/reason").asText()).contains("172.21.0.0/16");
              });
    }
  }

  @Test
  @DisplayName(
      "a request that waits for a person, and a run that failed, are told to its team as well")
  void waitingAndFailed() {
    Service service = rig.service(Map.of("instance", false));
    approval("manual");
    try (Team team = new Team(service)) {
      String peering = rig.people().request(service);
      assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");
      approval("automatic");
      assertThat(team.received("peerway.waiting"))
          .singleElement()
          .satisfies(
              event -> assertThat(event.at("/detail/cidrs/0").asText()).isEqualTo(service.cidr()));

      rig.ask(
          "/faults/add",
          Map.of(
              "action", "ec2:CreateTags",
              "error", "IncompleteSignature",
              "resource", peering,
              "function", "AdmitFunction"));
      rig.ec2(Rig.HUB_ACCOUNT)
          .createTags(
              r ->
                  r.resources(peering)
                      .tags(Tag.builder().key("peerway:decision").value("approve").build()));
      assertThat(team.received("peerway.failed"))
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.at("/detail/error").asText()).isEqualTo("RefusedByAws");
                assertThat(event.at("/detail/peeringId").asText()).isEqualTo(peering);
              });
    } finally {
      rig.ask("/faults/clear", Map.of());
      approval("automatic");
    }
  }

  @Test
  @DisplayName(
      "what others have written is data in the event, text in the mail, and no mention in the chat")
  void hostile() {
    String hostile =
        "yes\"}],\n{\"detail\": {\"version\": \"2\"}} <!channel> [here](https://evil.example)";
    Service service = rig.service(Map.of("instance", false));
    try (Team team = new Team(service)) {
      rig.ec2(service)
          .createTags(
              r ->
                  r.resources(service.id())
                      .tags(Tag.builder().key("peerway:connect").value(hostile).build()));
      JsonNode event = team.received("peerway.refused").getFirst();
      assertThat(event.at("/detail/version").asText()).isEqualTo("1");
      assertThat(event.at("/detail/message").asText())
          .contains("yes\"}],?{\"detail\": {\"version\": \"2\"}} <!channel>");
      assertThat(rig.sight().told(service.id()))
          .singleElement()
          .asString()
          .endsWith(
              event.at("/detail/message").asText()
                  + "\n\nAbout this: docs/operate.md#when-something-was-refused");
      assertThat(chat())
          .filteredOn(message -> message.toString().contains(service.id()))
          .singleElement()
          .satisfies(
              message -> {
                assertThat(message.get("source").asText()).isEqualTo("custom");
                assertThat(message.at("/content/description").asText())
                    .contains("(!channel)")
                    .doesNotContain("<", "](");
              });
    }
  }

  @Test
  @DisplayName("an event that a service account forges in Peerway's name is told to nobody")
  void forged() {
    Service service = rig.service(Map.of("instance", false));
    rig.events()
        .emit(
            Map.of(
                "version", "0",
                "id", "0a1b2c3d-6666-4222-8333-444455556666",
                "source", "peerway",
                "detail-type", "peerway.connected",
                "account", service.account(),
                "region", Rig.HUB_REGION,
                "time", "2026-11-29T08:00:00Z",
                "resources", List.of(),
                "detail",
                    Map.of("version", "1", "subject", "Peerway: forged", "message", "forged")));
    rig.ask("/settle", Map.of());
    assertThat(rig.sight().told("forged")).isEmpty();
    assertThat(chat()).noneMatch(message -> message.toString().contains("forged"));
  }

  private void drift(String peering) {
    String table = rig.hubRouteTables().getFirst();
    rig.events()
        .unseen(
            () ->
                rig.ec2(Rig.HUB_ACCOUNT)
                    .deleteRoute(
                        r ->
                            r.routeTableId(table)
                                .destinationCidrBlock(
                                    rig.sight().routesTo(peering).stream()
                                        .filter(route -> route.startsWith(table))
                                        .findFirst()
                                        .orElseThrow()
                                        .split(" -> ", -1)[1])));
    rig.executions().reconcile(Map.of("mode", "plan", "only", peering));
  }

  private List<JsonNode> chat() {
    return rig.ask("/notifications/chat", Map.of()).valueStream().toList();
  }

  private void approval(String how) {
    rig.ask(
        "/functions/vary",
        Map.of("function", "AdmitFunction", "variables", Map.of("APPROVAL", how)));
  }

  /** A rule of a service team's own on the hub bus, as docs/operate.md has it, and its queue. */
  private final class Team implements AutoCloseable {
    private final Service service;
    private final SqsClient sqs = rig.sqs();
    private final String queue;
    private final Map<String, JsonNode> received = new LinkedHashMap<>();

    Team(Service service) {
      this.service = service;
      queue = rig.ask("/teams/listen", Map.of("account", service.account())).asText();
    }

    /** All of this kind, once there is one. */
    List<JsonNode> received(String kind) {
      return Rig.eventually(
          kind + " for account " + service.account(),
          () -> {
            take();
            List<JsonNode> these =
                received.values().stream()
                    .filter(event -> event.get("detail-type").asText().equals(kind))
                    .toList();
            return these.isEmpty() ? Optional.empty() : Optional.of(these);
          });
    }

    // Delivered at least once.
    private void take() {
      sqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10)).messages().stream()
          .map(message -> Rig.json(message.body()))
          .forEach(event -> received.put(event.get("id").asText(), event));
    }

    @Override
    public void close() {
      rig.ask("/teams/leave", Map.of("account", service.account()));
    }
  }
}
