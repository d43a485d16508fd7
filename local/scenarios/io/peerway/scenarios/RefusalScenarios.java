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
    String peering = rig.request(stranger);

    // No rule of ours forwards a stranger's events; the scheduled scan finds the request.
    rig.scan();
    assertRefused(peering, "organi", stranger.account());
  }

  @Test
  @DisplayName("a request that overlaps another service is refused and names both")
  void overlapsService() {
    Service first = rig.service();
    rig.connect(first);
    Service second = rig.service(Map.of("cidr", first.cidr()));

    assertRefused(rig.request(second), first.cidr(), second.cidr());
    assertThat(rig.ssh(first, "hostname").stdout()).contains(first.name());
  }

  @Test
  @DisplayName("a tagged VPC that overlaps another account's is connected when that one ends")
  void overlapEnds() {
    Service first = rig.service();
    String blocking = rig.request(first);
    assertThat(rig.execution(blocking).status()).isEqualTo("SUCCEEDED");
    Service second = rig.service(Map.of("cidr", first.cidr()));
    rig.tag(second);
    Rig.eventually(
        "the letter about " + second.id(), () -> rig.told(second.id()).stream().findFirst());
    assertThat(rig.told(second.id())).singleElement().asString().contains(blocking);
    assertThat(rig.peeringsOf(second)).isEmpty();

    rig.ec2(first.account()).deleteVpcPeeringConnection(r -> r.vpcPeeringConnectionId(blocking));

    rig.connectedByItself(second);
    assertThat(rig.ssh(second, "hostname").stdout()).contains(second.name());
  }

  @Test
  @DisplayName("of two requests between two VPCs one is let in, and the other refused in words")
  void askedForByBoth() {
    Service service = rig.service();
    String peering = rig.request(service);
    assertThat(rig.execution(peering).status()).isEqualTo("SUCCEEDED");

    String second = rig.requestByHub(service);

    assertEnded(second, "deleted", "Delete", "OnlyOneForTwoVpcs", peering);
    assertThat(rig.ssh(service, "hostname").stdout()).contains(service.name());
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
          "the letter about " + owner.id(), () -> rig.told(owner.id()).stream().findFirst());
      assertThat(rig.told(owner.id()))
          .singleElement()
          .asString()
          .contains("belongs to account " + owner.account());
      assertThat(rig.peeringsOf(owner)).isEmpty();
    } finally {
      network.unshare(owner.subnets().getFirst(), participant.account());
    }
  }

  @Test
  @DisplayName("a request with a CIDR of the company's networks is refused")
  void overlapsCompany() {
    Service service = rig.service(Map.of("cidr", "192.168.128.0/20"));

    assertRefused(rig.request(service), "192.168.128.0/20");
  }

  @Test
  @DisplayName("a request from outside the allowed pool is refused")
  void outsidePool() {
    Service service = rig.service(Map.of("cidr", "172.20.0.0/16"));

    assertRefused(rig.request(service), "172.20.0.0/16", "10.0.0.0/8", "100.64.0.0/10");
  }

  @Test
  @DisplayName("a request from an organisational unit that may not connect is refused")
  void otherUnit() {
    Service service = rig.service(Map.of("in_unit", false));

    assertRefused(rig.request(service), service.account());
  }

  @Test
  @DisplayName("a request of the hub itself that must not be is deleted in the hub account")
  void hubAsksForOverlap() {
    Service first = rig.service();
    rig.connect(first);
    Service second = rig.service(Map.of("cidr", first.cidr()));

    String peering = rig.requestByHub(second);

    assertEnded(peering, "deleted", "Delete", first.cidr(), second.id());
    assertThat(rig.changes(peering)).extracting(Call::account).containsExactly(Rig.HUB_ACCOUNT);
  }

  @Test
  @DisplayName("a pending request that a person refuses is rejected, told, and its VPC noted")
  void refusedByPerson() {
    Service service = rig.service();
    // Nobody looks at the request before the person does.
    String[] asked = new String[1];
    rig.unseen(() -> asked[0] = rig.request(service));
    String peering = asked[0];

    rig.refuse(peering);

    assertThat(rig.execution(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.peeringStatus(peering)).isEqualTo("rejected");
    assertThat(rig.changes(peering))
        .extracting(Call::action)
        .containsExactly("ec2:CreateTags", "ec2:RejectVpcPeeringConnection");
    assertThat(Rig.eventually("the refusal", () -> some(rig.told(peering))))
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
    assertThat(rig.execution(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.peeringStatus(peering)).isEqualTo(status);
    assertThat(rig.routesTo(peering)).isEmpty();
    assertThat(rig.changes(peering))
        .extracting(Call::action)
        .containsExactly("ec2:" + verb + "VpcPeeringConnection");
    List<String> told = Rig.eventually("the refusal", () -> some(rig.told(peering)));
    assertThat(told).hasSize(1).first().asString().contains(named);
  }

  private static Optional<List<String>> some(List<String> letters) {
    return letters.isEmpty() ? Optional.empty() : Optional.of(letters);
  }
}
