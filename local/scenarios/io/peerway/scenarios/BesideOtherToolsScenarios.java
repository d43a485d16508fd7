package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ec2.model.Tag;

@ExtendWith(RigExtension.class)
@DisplayName("Beside other people's tools")
final class BesideOtherToolsScenarios {
  private final Rig rig;

  BesideOtherToolsScenarios(Rig rig) {
    this.rig = rig;
  }

  @Test
  @DisplayName(
      "tags that somebody takes off a peering connection are written again and told once a day, and"
          + " an open session loses nothing")
  void tagsOff() {
    Service service = rig.service();
    String peering = rig.people().request(service);
    rig.executions().of(peering);
    LongSession session = new LongSession(rig, service);

    for (int time = 0; time < 2; time++) {
      rig.ec2(Rig.HUB_ACCOUNT).deleteTags(r -> r.resources(peering));
      claimed(peering, service);
    }

    assertThat(rig.lab().natServices()).contains(service.cidr());
    session.assertWhole();
    assertThat(rig.sight().told(peering))
        .filteredOn(letter -> letter.contains("tags restored") || letter.contains("ignore_tags"))
        .hasSize(1);
    assertThat(rig.sight().told(peering)).hasSize(2);
  }

  @Test
  @DisplayName("a claim that somebody wrote over is written again")
  void claimWrittenOver() {
    Service service = rig.service();
    String peering = rig.people().request(service);
    rig.executions().of(peering);

    rig.ec2(Rig.HUB_ACCOUNT)
        .createTags(
            r ->
                r.resources(peering)
                    .tags(Tag.builder().key("peerway:cidrs").value("managed elsewhere").build()));

    claimed(peering, service);
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName(
      "routes that somebody deletes at the hub or at the service are back at once, until it is told"
          + " that this goes on")
  void routesDeleted() {
    Service service = rig.service();
    String peering = rig.people().request(service);
    rig.executions().of(peering);
    String hubTable = rig.hubRouteTables().getFirst();
    String serviceTable = service.routeTables().getFirst();
    List<String> routes = rig.sight().routesTo(peering);

    rig.ec2(service.account())
        .deleteRoute(r -> r.routeTableId(serviceTable).destinationCidrBlock(Rig.HUB_CIDR));
    back(peering, routes);
    for (int time = 0; time < 2; time++) {
      rig.ec2(Rig.HUB_ACCOUNT)
          .deleteRoute(r -> r.routeTableId(hubTable).destinationCidrBlock(service.cidr()));
      back(peering, routes);
    }
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    assertThat(rig.sight().told(peering)).hasSize(1);

    rig.ec2(Rig.HUB_ACCOUNT)
        .deleteRoute(r -> r.routeTableId(hubTable).destinationCidrBlock(service.cidr()));
    Rig.eventually(
        "the letter",
        () -> rig.sight().told(peering).size() > 1 ? Optional.of(true) : Optional.empty());
    assertThat(rig.sight().told(peering))
        .last()
        .asString()
        .contains("more than 3 times within an hour");
    rig.executions().reconcile(java.util.Map.of("mode", "repair", "only", peering));
    assertThat(rig.sight().routesTo(peering)).containsExactlyInAnyOrderElementsOf(routes);
  }

  // A run that is still on its way when the next thing is taken away would find it changed
  // meanwhile.
  private void claimed(String peering, Service service) {
    Rig.eventually(
        "its claim",
        () ->
            rig.sight()
                .claim(peering)
                .filter(claim -> claim.equals(service.cidr()))
                .filter(claim -> rig.executions().nothingRuns()));
  }

  private void back(String peering, List<String> routes) {
    Rig.eventually(
        "its routes",
        () ->
            rig.sight().routesTo(peering).size() == routes.size() && rig.executions().nothingRuns()
                ? Optional.of(true)
                : Optional.empty());
  }
}
