package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ec2.model.Tag;

// Early: it reconciles, which looks at every account there is.
@Order(1)
@ExtendWith(RigExtension.class)
@DisplayName("What a service team reads on its VPC")
final class StatusScenarios {
  private static final String STATUS = "peerway:status";
  private static final Map<String, String> ALL = Map.of("mode", "repair", "accounts", "all");

  private final Rig rig;

  StatusScenarios(Rig rig) {
    this.rig = rig;
  }

  @Test
  @DisplayName(
      "its request waits for approval, then it is connected, then it ends, and then nothing")
  void life() {
    Service service = rig.service(Map.of("instance", false));
    String peering = byApproval(service);

    Rig.eventually("connected", () -> status(service).filter(is -> is.startsWith("connected ")));
    assertThat(status(service).orElseThrow())
        .matches("connected [0-9-]{10} " + peering + " " + service.cidr());

    rig.people().untag(service);
    Rig.eventually("the end", () -> status(service).filter("ending"::equals));
    assertThat(rig.executions().disconnection(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(status(service)).isEmpty();
  }

  private String byApproval(Service service) {
    approval("manual");
    try {
      rig.people().tag(service);
      Rig.eventually(
          "a wait for approval", () -> status(service).filter("waiting for approval"::equals));
    } finally {
      approval("automatic");
    }
    String peering = rig.sight().peeringsOf(service).getFirst();
    rig.ec2(Rig.HUB_ACCOUNT)
        .createTags(
            r ->
                r.resources(peering)
                    .tags(Tag.builder().key("peerway:decision").value("approve").build()));
    return peering;
  }

  @Test
  @DisplayName("a refused request is refused there too, by its rule and with both values")
  void refused() {
    Service first = rig.service(Map.of("instance", false));
    rig.people().connect(first);
    Service second = rig.service(Map.of("instance", false, "cidr", first.cidr()));

    rig.people().connect(second);

    assertThat(status(second).orElseThrow())
        .startsWith("refused ApartFromOtherServices: ")
        .contains(first.cidr(), second.cidr())
        .matches("[\\p{L}\\p{N} +=._:/@-]{1,256}");
  }

  @Test
  @DisplayName("a tag that comes to nothing says why, and what is said goes with the tag")
  void slip() {
    Service service = rig.service(Map.of("instance", false));

    write(service, "peerway:connect", "yes, \"please\"\n{\"now\": true}");
    Rig.eventually("a refusal", () -> status(service).filter(is -> is.startsWith("refused ")));
    assertThat(status(service).orElseThrow())
        .contains("yes please")
        .matches("[\\p{L}\\p{N} +=._:/@-]{1,256}");

    rig.people().untag(service);
    Rig.eventually(
        "nothing", () -> status(service).isEmpty() ? Optional.of(true) : Optional.empty());
  }

  @Test
  @DisplayName(
      "what its owner writes over it or takes off the daily run puts right, and no look begins")
  void forged() {
    Service service = rig.service(Map.of("instance", false));
    rig.people().connect(service);
    String said = status(service).orElseThrow();
    int looks = looks(service);

    write(service, STATUS, "refused by nobody");
    rig.executions().reconcile(ALL);
    assertThat(status(service)).contains(said);
    rig.ec2(service)
        .deleteTags(r -> r.resources(service.id()).tags(Tag.builder().key(STATUS).build()));
    rig.executions().reconcile(ALL);
    assertThat(status(service)).contains(said);

    rig.ask("/settle", Map.of());
    assertThat(looks(service)).isEqualTo(looks);
  }

  @Test
  @DisplayName(
      "where a policy of the owner denies it, the VPC is connected and disconnected all the same")
  void denied() {
    Service service = rig.service(Map.of("instance", false));
    deny(service);
    try {
      String peering = rig.people().request(service);
      assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");
      assertThat(rig.sight().told(peering)).singleElement().asString().contains("connected");
      assertThat(status(service)).isEmpty();
      assertThat(rig.executions().reconcile(ALL).lines("leftAlone"))
          .contains(
              STATUS
                  + " of "
                  + service.id()
                  + ": cannot be written, and may say what is over: Denied");

      rig.people().refuse(peering);
      assertThat(rig.executions().disconnection(peering).status()).isEqualTo("SUCCEEDED");
      assertThat(rig.sight().peeringStatus(peering)).isEqualTo("deleted");
    } finally {
      rig.ask("/faults/clear", Map.of());
    }
  }

  private void deny(Service service) {
    for (String action : List.of("ec2:CreateTags", "ec2:DeleteTags")) {
      rig.ask(
          "/faults/add",
          Map.of(
              "action",
              action,
              "account",
              service.account(),
              "error",
              "UnauthorizedOperation",
              "times",
              1000));
    }
  }

  // Deploys the hub stack with another value of Approval, as far as it matters here.
  private void approval(String how) {
    rig.ask(
        "/functions/vary",
        Map.of("function", "AdmitFunction", "variables", Map.of("APPROVAL", how)));
  }

  private int looks(Service service) {
    return rig.executions().arns("LookAtAccountStateMachineArn", service.account()).size();
  }

  private void write(Service service, String key, String value) {
    rig.ec2(service)
        .createTags(
            r -> r.resources(service.id()).tags(Tag.builder().key(key).value(value).build()));
  }

  private Optional<String> status(Service service) {
    return rig
        .ec2(service)
        .describeVpcs(r -> r.vpcIds(service.id()))
        .vpcs()
        .getFirst()
        .tags()
        .stream()
        .filter(tag -> tag.key().equals(STATUS))
        .map(Tag::value)
        .findFirst();
  }
}
