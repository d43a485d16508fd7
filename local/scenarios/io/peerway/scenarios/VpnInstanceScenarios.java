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
    rig.reconciled();
  }

  @Test
  @DisplayName("a rebooted VPN instance translates again without anybody doing anything")
  void rebooted() {
    Service service = connected();
    rig.onMachine(rig.vpnInstance(), "nft", "add", "table", "ip", "somebody");
    int before = rig.lastCall();

    rig.rebootVpn();

    assertThat(rig.onMachine(rig.vpnInstance(), "nft", "list", "tables").stdout())
        .contains("peerway")
        .doesNotContain("somebody");
    assertThat(rig.natServices()).contains(service.cidr());
    assertThat(rig.ssh(service, "hostname").stdout()).contains(service.name());
    assertThat(rig.callsSince(before)).extracting(Call::action).doesNotContain("ssm:SendCommand");
  }

  @Test
  @DisplayName("a VPN instance that was stopped is not there, and started again it translates")
  void stoppedAndStarted() {
    Service service = connected();

    rig.stopVpn();
    int whileStopped = rig.ssh(service, "hostname").exit();
    rig.startVpn();

    assertThat(whileStopped).isNotZero();
    assertThat(rig.natServices()).contains(service.cidr());
    assertThat(rig.ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName(
      "a second VPN instance is let in and translates; taken away, it is let in no longer; sessions"
          + " through the first lose nothing")
  void second() {
    Service service = connected();
    LongSession whileItComes = new LongSession(rig, service);

    Service.Machine added = rig.addVpn();
    eventuallyTranslates(added.id(), service);
    // The set comes first, one command for all; then connection after connection.
    Rig.eventually(
        "the openings to " + added.ip(),
        () -> rig.openingsIn(service, added.ip()).stream().findFirst());
    whileItComes.assertWhole();

    rig.stopVpn();
    assertThat(rig.ssh(service, "who").stdout()).contains(added.ip());
    rig.startVpn();

    LongSession whileItGoes = new LongSession(rig, service);
    rig.removeVpn(added);
    Rig.eventually(
        "the end of the openings to " + added.ip(),
        () -> rig.openingsIn(service, added.ip()).isEmpty() ? Optional.of(true) : Optional.empty());
    whileItGoes.assertWhole();
    assertThat(rig.openingsIn(service, rig.vpnAddress())).isNotEmpty();
    assertThat(rig.ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName("while a second VPN instance is stopped, services are connected and disconnected")
  void secondIsStopped() {
    Service before = connected();
    Service.Machine added = rig.addVpn();
    eventuallyTranslates(added.id(), before);
    rig.reconciled();
    rig.stopVpn(added);
    Service service = rig.service();

    String peering = rig.connectByTag(service);

    assertThat(rig.natServices()).contains(service.cidr());
    assertThat(rig.ssh(service, "who").stdout()).contains(rig.vpnAddress());

    rig.untag(service);

    assertThat(rig.disconnection(peering).status()).isEqualTo("SUCCEEDED");
    assertThat(rig.natServices()).doesNotContain(service.cidr());
    rig.removeVpn(added);
  }

  @Test
  @DisplayName("a VPN instance that takes another's place is let in and translates")
  void replaced() {
    Service service = connected();
    String before = rig.vpnAddress();

    rig.replaceVpn();

    eventuallyTranslates(rig.vpnInstance(), service);
    Rig.eventually(
        "the end of the openings to " + before,
        () -> rig.openingsIn(service, before).isEmpty() ? Optional.of(true) : Optional.empty());
    assertThat(rig.ssh(service, "who").stdout()).contains(rig.vpnAddress());
  }

  private Service connected() {
    Service service = rig.service();
    assertThat(rig.connect(service).status()).isEqualTo("SUCCEEDED");
    return service;
  }

  private void eventuallyTranslates(String instance, Service service) {
    Rig.eventually(
        instance + " to translate to " + service.cidr(),
        () ->
            rig.natServices(instance).contains(service.cidr())
                ? Optional.of(true)
                : Optional.empty());
  }
}
