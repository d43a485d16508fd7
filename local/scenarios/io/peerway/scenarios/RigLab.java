package io.peerway.scenarios;

import java.util.Map;

/** The packet lab: the VPN instances, and what a packet or a program on a machine meets. */
final class RigLab {
  private final Rig rig;
  private Service.Machine vpn;

  RigLab(Rig rig, Service.Machine vpn) {
    this.rig = rig;
    this.vpn = vpn;
  }

  /** The first VPN instance, which the company is connected to whenever it runs. */
  String vpnInstance() {
    return vpn.id();
  }

  String vpnAddress() {
    return vpn.ip();
  }

  // What people, a maintenance window or an Auto Scaling group do to VPN instances. Each returns
  // when the company is connected again to one that runs.

  /** The first one starts again, with its disk and without what was in its memory. */
  void rebootVpn() {
    rig.ask("/vpn/reboot", Map.of());
  }

  void stopVpn() {
    rig.ask("/vpn/stop", Map.of());
  }

  /** Stops one that {@link #addVpn} made. */
  void stopVpn(Service.Machine added) {
    rig.ask("/vpn/stop", Map.of("instance", added.id()));
  }

  void startVpn() {
    rig.ask("/vpn/start", Map.of());
  }

  /** The first one is terminated; another, with nothing on it and another address, is the first. */
  void replaceVpn() {
    vpn = Rig.convert(rig.ask("/vpn/replace", Map.of()), Service.Machine.class);
  }

  /** One more, at an address of its own. The company uses it while the first does not run. */
  Service.Machine addVpn() {
    return Rig.convert(rig.ask("/vpn/add", Map.of()), Service.Machine.class);
  }

  /** Takes away one that {@link #addVpn} made. */
  void removeVpn(Service.Machine added) {
    rig.ask("/vpn/remove", Map.of("instance", added.id()));
  }

  /** The destinations that the VPN instance translates, as its kernel has them. */
  String natServices() {
    return natServices(vpnInstance());
  }

  String natServices(String instance) {
    return onMachine(instance, "nft", "list", "set", "ip", "peerway", "services").stdout();
  }

  // Packets.

  /** How a program on a machine of the lab ended. */
  record Completed(int exit, String stdout, String stderr) {}

  /** A real ssh session from the company host, through the tunnel. */
  Completed ssh(Service service, String command) {
    return ssh(service, command, 2);
  }

  /** The same, with these seconds to connect, and about as many to run. */
  Completed ssh(Service service, String command, int seconds) {
    return Rig.convert(
        rig.ask(
            "/ssh",
            Map.of("to", service.instance().ip(), "command", command, "connectTimeout", seconds)),
        Completed.class);
  }

  Completed onMachine(String host, String... argv) {
    return Rig.convert(rig.ask("/exec", Map.of("host", host, "argv", argv)), Completed.class);
  }
}
