package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

// Early: a change of the hub is carried to every connection there is.
@Order(1)
@ExtendWith(RigExtension.class)
@DisplayName("VPN instances come and go")
final class VpnInstanceScenarios {
  private final Rig rig;

  VpnInstanceScenarios(Rig rig) {
    this.rig = rig;
  }

  @AfterEach
  void quiet() {
    rig.events().reconciled();
  }

  @Test
  @DisplayName("a rebooted VPN instance translates again without anybody doing anything")
  void rebooted() {
    Service service = connected();
    rig.lab().onMachine(rig.lab().vpnInstance(), "nft", "add", "table", "ip", "somebody");
    int before = rig.sight().lastCall();

    rig.lab().rebootVpn();

    assertThat(rig.lab().onMachine(rig.lab().vpnInstance(), "nft", "list", "tables").stdout())
        .contains("peerway")
        .doesNotContain("somebody");
    assertThat(rig.lab().natServices()).contains(service.cidr());
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    assertThat(rig.sight().callsSince(before))
        .extracting(Call::action)
        .doesNotContain("ssm:SendCommand");
  }

  @Test
  @DisplayName("a VPN instance that was stopped is not there, and started again it translates")
  void stoppedAndStarted() {
    Service service = connected();

    rig.lab().stopVpn();
    int whileStopped = rig.lab().ssh(service, "hostname").exit();
    rig.lab().startVpn();

    assertThat(whileStopped).isNotZero();
    assertThat(rig.lab().natServices()).contains(service.cidr());
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName(
      "a second VPN instance is let in and translates; taken away, it is let in no longer; sessions"
          + " through the first lose nothing")
  void second() {
    Service service = connected();
    LongSession whileItComes = new LongSession(rig, service);

    Service.Machine added = rig.lab().addVpn();
    eventuallyTranslates(added.id(), service);
    // The set comes first, one command for all; then connection after connection.
    Rig.eventually(
        "the openings to " + added.ip(),
        () -> rig.sight().openingsIn(service, added.ip()).stream().findFirst());
    whileItComes.assertWhole();

    rig.lab().stopVpn();
    assertThat(rig.lab().ssh(service, "who").stdout()).contains(added.ip());
    rig.lab().startVpn();

    LongSession whileItGoes = new LongSession(rig, service);
    rig.lab().removeVpn(added);
    Rig.eventually(
        "the end of the openings to " + added.ip(),
        () ->
            rig.sight().openingsIn(service, added.ip()).isEmpty()
                ? Optional.of(true)
                : Optional.empty());
    whileItGoes.assertWhole();
    assertThat(rig.sight().openingsIn(service, rig.lab().vpnAddress())).isNotEmpty();
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName("while a second VPN instance is stopped, services are connected and disconnected")
  void secondIsStopped() {
    Service before = connected();
    Service.Machine added = rig.lab().addVpn();
    eventuallyTranslates(added.id(), before);
    rig.events().reconciled();
    rig.lab().stopVpn(added);
    Service service = rig.service();

    String peering = rig.people().connectByTag(service);

    assertThat(rig.lab().natServices()).contains(service.cidr());
    assertThat(rig.lab().ssh(service, "who").stdout()).contains(rig.lab().vpnAddress());

    rig.people().untag(service);

    assertThat(rig.executions().disconnection(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.lab().natServices()).doesNotContain(service.cidr());
    rig.lab().removeVpn(added);
  }

  @Test
  @DisplayName("a VPN instance that takes another's place is let in and translates")
  void replaced() {
    Service service = connected();
    String before = rig.lab().vpnAddress();

    rig.lab().replaceVpn();

    eventuallyTranslates(rig.lab().vpnInstance(), service);
    Rig.eventually(
        "the end of the openings to " + before,
        () ->
            rig.sight().openingsIn(service, before).isEmpty()
                ? Optional.of(true)
                : Optional.empty());
    assertThat(rig.lab().ssh(service, "who").stdout()).contains(rig.lab().vpnAddress());
  }

  private Service connected() {
    Service service = rig.service();
    assertThat(rig.people().connect(service).status()).isEqualTo("SUCCEEDED");
    return service;
  }

  private void eventuallyTranslates(String instance, Service service) {
    Rig.eventually(
        instance + " to translate to " + service.cidr(),
        () ->
            rig.lab().natServices(instance).contains(service.cidr())
                ? Optional.of(true)
                : Optional.empty());
  }
}
