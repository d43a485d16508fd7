package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ec2.model.Tag;

@ExtendWith(RigExtension.class)
@DisplayName("Refusing")
final class RefusalScenarios {
  private final Rig rig;

  RefusalScenarios(Rig rig) {
    this.rig = rig;
  }

  @Test
  @DisplayName("a request from outside the organisation is refused and says why")
  void stranger() {
    Service stranger = rig.service(Map.of("member", false));
    String peering = rig.people().request(stranger);

    // No rule of ours forwards a stranger's events; the scheduled scan finds the request.
    rig.events().scan();
    assertRefused(peering, "organi", stranger.account());
  }

  @Test
  @DisplayName("a request that overlaps another service is refused and names both")
  void overlapsService() {
    Service first = rig.service();
    rig.people().connect(first);
    Service second = rig.service(Map.of("cidr", first.cidr()));

    assertRefused(rig.people().request(second), first.cidr(), second.cidr());
    assertThat(rig.lab().ssh(first, "hostname").stdout()).contains(first.name());
  }

  @Test
  @DisplayName("a tagged VPC that overlaps another account's is connected when that one ends")
  void overlapEnds() {
    Service first = rig.service();
    String blocking = rig.people().request(first);
    assertThat(rig.executions().of(blocking).status()).isEqualTo("SUCCEEDED");
    Service second = rig.service(Map.of("cidr", first.cidr()));
    rig.people().tag(second);
    Rig.eventually(
        "the letter about " + second.id(),
        () -> rig.sight().told(second.id()).stream().findFirst());
    assertThat(rig.sight().told(second.id())).singleElement().asString().contains(blocking);
    assertThat(rig.sight().peeringsOf(second)).isEmpty();

    rig.ec2(first.account()).deleteVpcPeeringConnection(r -> r.vpcPeeringConnectionId(blocking));

    rig.executions().connectedByItself(second);
    assertThat(rig.lab().ssh(second, "hostname").stdout()).contains(second.name());
  }

  @Test
  @DisplayName("of two requests between two VPCs one is let in, and the other refused in words")
  void askedForByBoth() {
    Service service = rig.service();
    String peering = rig.people().request(service);
    assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");

    String second = rig.people().requestByHub(service);

    assertEnded(second, "deleted", "Delete", "OnlyOneForTwoVpcs", peering);
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName("a VPC of which an account only shares subnets is refused to it once, in words")
  void sharedSubnets() {
    Service owner = rig.service();
    Service participant = rig.service();
    RigNetwork network = new RigNetwork(rig);
    network.share(owner.subnets().getFirst(), participant.account());
    try {
      rig.ec2(participant)
          .createTags(
              r ->
                  r.resources(owner.id())
                      .tags(Tag.builder().key("peerway:connect").value("true").build()));

      Rig.eventually(
          "the letter about " + owner.id(),
          () -> rig.sight().told(owner.id()).stream().findFirst());
      assertThat(rig.sight().told(owner.id()))
          .singleElement()
          .asString()
          .contains("belongs to account " + owner.account());
      assertThat(rig.sight().peeringsOf(owner)).isEmpty();
    } finally {
      network.unshare(owner.subnets().getFirst(), participant.account());
    }
  }

  @Test
  @DisplayName("a request with a CIDR of the company's networks is refused")
  void overlapsCompany() {
    Service service = rig.service(Map.of("cidr", "192.168.128.0/20"));

    assertRefused(rig.people().request(service), "192.168.128.0/20");
  }

  @Test
  @DisplayName("a request from outside the allowed pool is refused")
  void outsidePool() {
    Service service = rig.service(Map.of("cidr", "172.20.0.0/16"));

    assertRefused(rig.people().request(service), "172.20.0.0/16", "10.0.0.0/8", "100.64.0.0/10");
  }

  @Test
  @DisplayName("a request from an organisational unit that may not connect is refused")
  void otherUnit() {
    Service service = rig.service(Map.of("in_unit", false));

    assertRefused(rig.people().request(service), service.account());
  }

  @Test
  @DisplayName("a request of the hub itself that must not be is deleted in the hub account")
  void hubAsksForOverlap() {
    Service first = rig.service();
    rig.people().connect(first);
    Service second = rig.service(Map.of("cidr", first.cidr()));

    String peering = rig.people().requestByHub(second);

    assertEnded(peering, "deleted", "Delete", first.cidr(), second.id());
    assertThat(changesApartFromStatus(peering))
        .extracting(Call::account)
        .containsExactly(Rig.HUB_ACCOUNT);
  }

  @Test
  @DisplayName("a pending request that a person refuses is rejected, told, and its VPC noted")
  void refusedByPerson() {
    Service service = rig.service();
    // Nobody looks at the request before the person does.
    String[] asked = new String[1];
    rig.events().unseen(() -> asked[0] = rig.people().request(service));
    String peering = asked[0];

    rig.people().refuse(peering);

    assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.sight().peeringStatus(peering)).isEqualTo("rejected");
    assertThat(changesApartFromStatus(peering))
        .extracting(Call::action)
        .containsExactly("ec2:CreateTags", "ec2:RejectVpcPeeringConnection");
    assertThat(Rig.eventually("the refusal", () -> some(rig.sight().told(peering))))
        .singleElement()
        .asString()
        .contains("refused by rule Decision", service.id(), "peerway:decision=refuse");
    assertThat(hubVpcTags()).contains("peerway:refused:" + service.id());
  }

  private List<String> hubVpcTags() {
    return rig
        .ec2(Rig.HUB_ACCOUNT)
        .describeVpcs(r -> r.vpcIds(rig.hubVpc()))
        .vpcs()
        .getFirst()
        .tags()
        .stream()
        .map(Tag::key)
        .toList();
  }

  private void assertRefused(String peering, String... named) {
    assertEnded(peering, "rejected", "Reject", named);
  }

  private void assertEnded(String peering, String status, String verb, String... named) {
    assertThat(rig.executions().of(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.sight().peeringStatus(peering)).isEqualTo(status);
    assertThat(rig.sight().routesTo(peering)).isEmpty();
    assertThat(changesApartFromStatus(peering))
        .extracting(Call::action)
        .containsExactly("ec2:" + verb + "VpcPeeringConnection");
    List<String> told = Rig.eventually("the refusal", () -> some(rig.sight().told(peering)));
    assertThat(told).hasSize(1).first().asString().contains(named);
  }

  // Its team reads the refusal in a tag of the service VPC, where Peerway may enter the account.
  private List<Call> changesApartFromStatus(String peering) {
    return rig.sight().changes(peering).stream()
        .filter(
            call ->
                call.account().equals(Rig.HUB_ACCOUNT) || !call.action().equals("ec2:CreateTags"))
        .toList();
  }

  private static Optional<List<String>> some(List<String> letters) {
    return letters.isEmpty() ? Optional.empty() : Optional.of(letters);
  }
}
