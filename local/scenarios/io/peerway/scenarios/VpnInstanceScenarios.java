package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RigExtension.class)
@DisplayName("VPN instances come and go")
final class VpnInstanceScenarios {
  private final Rig rig;

  VpnInstanceScenarios(Rig rig) {
    this.rig = rig;
  }

  @Test
  @DisplayName("a rebooted VPN instance translates again without anybody doing anything")
  void rebooted() {
    Service service = rig.service();
    assertThat(rig.connect(service).status()).isEqualTo("SUCCEEDED");
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
    Service service = rig.service();
    assertThat(rig.connect(service).status()).isEqualTo("SUCCEEDED");

    rig.stopVpn();
    int whileStopped = rig.ssh(service, "hostname").exit();
    rig.startVpn();

    assertThat(whileStopped).isNotZero();
    assertThat(rig.natServices()).contains(service.cidr());
    assertThat(rig.ssh(service, "hostname").stdout()).contains(service.name());
  }
}
