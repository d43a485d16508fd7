package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

@ExtendWith(RigExtension.class)
@DisplayName("A tag is enough")
final class TagScenarios {
  private final Rig rig;

  TagScenarios(Rig rig) {
    this.rig = rig;
  }

  @Test
  @DisplayName("a VPC that is tagged is connected by itself, and taking the tag off disconnects it")
  void tagOnAndOff() {
    Service service = rig.service();

    String peering = rig.people().connectByTag(service);
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    assertThat(rig.lab().natServices()).contains(service.cidr());

    rig.people().untag(service);

    assertThat(rig.executions().disconnection(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.sight().peeringStatus(peering)).isEqualTo("deleted");
    assertThat(rig.sight().routesTo(peering)).isEmpty();
    assertThat(rig.lab().natServices()).doesNotContain(service.cidr());
    assertThat(rig.sight().groupsIn(service)).containsExactlyInAnyOrder("default", "app");
    assertThat(rig.sight().told(peering)).last().asString().contains("peerway:connect");
  }

  @Test
  @DisplayName("a VPC that has its tag from its creation is connected by itself")
  void taggedFromItsCreation() {
    Service inTheSameAccount = rig.service(Map.of("instance", false));
    // Half way to the next service's: 10.110.96.0/20 for 10.110.64.0/20.
    String cidr = moved(inTheSameAccount.cidr(), 32);

    String vpc =
        rig.ec2(inTheSameAccount)
            .createVpc(
                r ->
                    r.cidrBlock(cidr)
                        .tagSpecifications(
                            TagSpecification.builder()
                                .resourceType(ResourceType.VPC)
                                .tags(Tag.builder().key("peerway:connect").value("true").build())
                                .build()))
            .vpc()
            .vpcId();

    assertThat(rig.sight().peeringStatus(rig.executions().connectedByItself(vpc)))
        .isEqualTo("active");
    assertThat(rig.lab().natServices()).contains(cidr);
  }

  @Test
  @DisplayName("a VPC that loses all its tags with one call is disconnected")
  void allTagsOff() {
    Service service = rig.service(Map.of("instance", false));
    String peering = rig.people().connectByTag(service);

    rig.ec2(service).deleteTags(r -> r.resources(service.id()));

    assertThat(rig.executions().disconnection(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.sight().peeringStatus(peering)).isEqualTo("deleted");
    assertThat(rig.lab().natServices()).doesNotContain(service.cidr());
  }

  @Test
  @DisplayName("a VPC that is tagged twice gets one connection")
  void tagTwice() {
    Service service = rig.service();

    rig.people().tag(service);
    rig.people().connectByTag(service);

    rig.events().quiet(service);
    assertThat(rig.sight().peeringsOf(service)).hasSize(1);
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName(
      "a secondary CIDR added later is connected, and removed again; an open session loses nothing")
  void secondaryCidr() {
    Service service = rig.service();
    String peering = rig.people().connectByTag(service);
    // Below all services' addresses: 10.12.64.0/20 for 10.112.64.0/20.
    String secondary = service.cidr().replace("10.1", "10.");
    LongSession session = new LongSession(rig, service);

    String association = associate(service, secondary);
    translated(secondary, true);
    assertThat(rig.lab().natServices()).contains(service.cidr());
    assertThat(rig.sight().routesTo(peering)).anyMatch(route -> route.endsWith("-> " + secondary));

    rig.ec2(service.account()).disassociateVpcCidrBlock(r -> r.associationId(association));
    translated(secondary, false);
    assertThat(rig.lab().natServices()).contains(service.cidr());
    assertThat(rig.sight().routesTo(peering)).noneMatch(route -> route.endsWith("-> " + secondary));
    session.assertWhole();
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName(
      "a secondary CIDR that another service has is refused once, and the primary stays connected")
  void secondaryCidrTaken() {
    Service other = rig.service();
    rig.people().connect(other);
    Service service = rig.service();
    String peering = rig.people().connectByTag(service);
    String taken = other.cidr().replace("/20", "/22");

    associate(service, taken);

    String letter =
        Rig.eventually(
            "the refusal",
            () ->
                rig.sight().told(peering).stream()
                    .filter(told -> told.contains(taken))
                    .findFirst());
    assertThat(letter).contains("ApartFromOtherServices", other.cidr(), "stays connected");
    assertThat(rig.executions().lastOf("ConnectStateMachineArn", peering, 2).status())
        .isEqualTo("SUCCEEDED");
    assertThat(rig.sight().routesTo(peering)).noneMatch(route -> route.endsWith("-> " + taken));
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    assertThat(rig.lab().ssh(other, "hostname").stdout()).contains(other.name());

    // Whatever is looked at later: it is not told again.
    rig.executions().startAgain(peering);
    assertThat(rig.sight().told(peering)).filteredOn(told -> told.contains(taken)).hasSize(1);
  }

  @Test
  @DisplayName(
      "of two services with the secondary CIDR 100.64.0.0/16, the first is connected with it and the"
          + " second without")
  void secondaryCidrRepeated() {
    String repeated = "100.64.0.0/16";
    Service first = rig.service();
    String firstPeering = rig.people().connectByTag(first);
    Service second = rig.service();
    String secondPeering = rig.people().connectByTag(second);

    String association = associate(first, repeated);
    translated(repeated, true);
    rig.events().quiet(first);
    String without = associate(second, repeated);

    String letter =
        Rig.eventually(
            "the refusal",
            () ->
                rig.sight().told(secondPeering).stream()
                    .filter(told -> told.contains(repeated))
                    .findFirst());
    assertThat(letter)
        .contains("ApartFromOtherServices", repeated + " of " + second.id(), firstPeering)
        .contains("It stays connected with [" + second.cidr() + "]");
    assertThat(rig.executions().lastOf("ConnectStateMachineArn", secondPeering, 2).status())
        .isEqualTo("SUCCEEDED");
    assertThat(rig.sight().routesTo(firstPeering))
        .anyMatch(route -> route.endsWith("-> " + repeated));
    assertThat(rig.sight().routesTo(secondPeering))
        .noneMatch(route -> route.endsWith("-> " + repeated));
    assertThat(rig.lab().ssh(first, "hostname").stdout()).contains(first.name());
    assertThat(rig.lab().ssh(second, "hostname").stdout()).contains(second.name());
    // For whoever repeats it next. The second first: it would take what becomes free.
    rig.ec2(second).disassociateVpcCidrBlock(r -> r.associationId(without));
    rig.ec2(first).disassociateVpcCidrBlock(r -> r.associationId(association));
    translated(repeated, false);
  }

  private String associate(Service service, String cidr) {
    return rig.ec2(service)
        .associateVpcCidrBlock(r -> r.vpcId(service.id()).cidrBlock(cidr))
        .cidrBlockAssociation()
        .associationId();
  }

  @Test
  @DisplayName("a tagged VPC that a person has refused stays out until the refusal is lifted")
  void refusedByPerson() {
    Service service = rig.service();
    String peering = rig.people().connectByTag(service);
    rig.people().refuse(peering);
    assertThat(rig.executions().disconnection(peering).status()).isEqualTo("SUCCEEDED");

    rig.people().tag(service);

    Rig.eventually(
        "the refusal",
        () ->
            rig.sight().told(service.account()).stream()
                .filter(told -> told.contains("peerway:refused:" + service.id()))
                .findFirst());
    assertThat(rig.sight().peeringsOf(service)).isEmpty();

    rig.ec2(Rig.HUB_ACCOUNT)
        .deleteTags(
            r ->
                r.resources(rig.hubVpc())
                    .tags(Tag.builder().key("peerway:refused:" + service.id()).build()));
    rig.people().connectByTag(service);
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName("a tag taken off before its request was accepted takes the request back")
  void takenBack() {
    Service service = rig.service();
    rig.ask(
        "/faults/add",
        Map.of("action", "ec2:AcceptVpcPeeringConnection", "kind", "throttle", "times", 1000));
    try {
      rig.people().tag(service);
      String peering =
          Rig.eventually("its request", () -> rig.sight().peeringsOf(service).stream().findFirst());
      Rig.eventually("its claim", () -> rig.sight().claim(peering));

      rig.people().untag(service);

      assertThat(rig.executions().disconnection(peering).status()).isEqualTo("SUCCEEDED");
      assertThat(rig.sight().peeringStatus(peering)).isEqualTo("rejected");
      assertThat(rig.sight().routesTo(peering)).isEmpty();
      assertThat(rig.lab().natServices()).doesNotContain(service.cidr());
    } finally {
      rig.ask("/faults/clear", Map.of());
    }
  }

  @Test
  @DisplayName(
      "a new route table of a connected VPC gets the route to the hub; an open session loses nothing")
  void newRouteTable() {
    Service service = rig.service();
    String peering = rig.people().connectByTag(service);
    LongSession session = new LongSession(rig, service);

    String table =
        rig.ec2(service.account())
            .createRouteTable(r -> r.vpcId(service.id()))
            .routeTable()
            .routeTableId();

    assertThat(rig.executions().lastOf("ConnectStateMachineArn", peering, 2).status())
        .isEqualTo("SUCCEEDED");
    assertThat(rig.sight().routesTo(peering)).contains(table + " -> " + Rig.HUB_CIDR);
    session.assertWhole();
  }

  @Test
  @DisplayName(
      "a new subnet of a connected VPC needs nothing, because its route table has the route; an open"
          + " session loses nothing")
  void newSubnet() {
    Service service = rig.service();
    String peering = rig.people().connectByTag(service);
    LongSession session = new LongSession(rig, service);
    // The fourth /24; the others have a subnet each.
    String cidr = moved(service.cidr(), 3).replace("/20", "/24");

    rig.ec2(service).createSubnet(r -> r.vpcId(service.id()).cidrBlock(cidr));

    assertThat(rig.sight().routesTo(peering))
        .contains(service.routeTables().getFirst() + " -> " + Rig.HUB_CIDR);
    assertThat(rig.executions().reconcile(Map.of("only", peering)).output().get("summary").asText())
        .isEqualTo("0 of 1 connection has drifted, 0 unknown, 0 left alone");
    session.assertWhole();
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName("a tagged VPC of an organisational unit that may not connect is refused by name")
  void otherUnit() {
    Service service = rig.service(Map.of("in_unit", false));

    rig.people().tag(service);

    rig.events().quiet(service);
    assertThat(rig.sight().peeringsOf(service)).isEmpty();
    assertRefused(service, service.account());
  }

  @Test
  @DisplayName(
      "ten VPCs that are tagged with one call get ten connections; the eleventh of the account is"
          + " refused, by its tag and by hand")
  void tenAtOnce() {
    Service first = rig.service(Map.of("instance", false));
    Map<String, ?> alike = Map.of("account", first.account(), "instance", false);
    List<Service> all =
        Stream.concat(Stream.of(first), Stream.generate(() -> rig.service(alike)).limit(10))
            .toList();

    rig.ec2(first.account())
        .createTags(
            r ->
                r.resources(all.stream().map(Service::id).toList())
                    .tags(Tag.builder().key("peerway:connect").value("true").build()));

    assertThat(
            Rig.eventually(
                "the refusal",
                () ->
                    rig.sight().told(first.account()).stream()
                        .filter(letter -> letter.contains("at most 10"))
                        .findFirst()))
        .contains(first.account());
    // People are told before anything is asked for.
    rig.events().quiet(first);
    List<Service> asked =
        all.stream().filter(service -> rig.sight().peeringsOf(service).size() == 1).toList();
    assertThat(asked).hasSize(10);
    asked.forEach(rig.executions()::connectedByItself);
    assertThat(rig.lab().natServices())
        .contains(asked.stream().map(Service::cidr).toList().toArray(String[]::new));

    Service eleventh = all.stream().filter(each -> !asked.contains(each)).findFirst().orElseThrow();
    assertThat(rig.sight().peeringsOf(eleventh)).isEmpty();
    String byHand = rig.people().request(eleventh);
    assertThat(rig.executions().of(byHand).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.sight().peeringStatus(byHand)).isEqualTo("rejected");
    assertThat(Rig.eventually("the refusal", () -> rig.sight().told(byHand).stream().findFirst()))
        .contains("RoomForAccount", first.account(), "at most 10");
  }

  @Test
  @DisplayName("a tagged VPC that overlaps another service is told of both and never asked for")
  void overlapsAnother() {
    Service other = rig.service(Map.of("instance", false));
    rig.people().connect(other);
    Service service = rig.service(Map.of("cidr", other.cidr(), "instance", false));
    int before = rig.sight().lastCall();

    rig.people().tag(service);

    assertRefused(service, "ApartFromOtherServices", service.cidr(), other.cidr());
    assertThat(rig.sight().callsSince(before))
        .extracting(Call::action)
        .doesNotContain("ec2:CreateVpcPeeringConnection");
    assertThat(rig.sight().peeringsOf(service)).isEmpty();
  }

  /** The CIDR with this added to its third number. */
  private static String moved(String cidr, int by) {
    String[] numbers = cidr.split("\\.");
    numbers[2] = String.valueOf(Integer.parseInt(numbers[2]) + by);
    return String.join(".", numbers);
  }

  private void translated(String cidr, boolean wanted) {
    Rig.eventually(
        cidr + (wanted ? " among" : " gone from") + " what the VPN instance translates",
        () ->
            rig.lab().natServices().contains(cidr) == wanted
                ? Optional.of(true)
                : Optional.<Boolean>empty());
  }

  private void assertRefused(Service service, String... named) {
    assertThat(
            Rig.eventually(
                "the refusal",
                () ->
                    Optional.of(rig.sight().told(service.id()))
                        .filter(letters -> !letters.isEmpty())))
        .first()
        .asString()
        .contains(named);
  }
}
