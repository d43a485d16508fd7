package io.peerway.plan.doctor;

/** What a packet has to pass, in its order: from a client to a service, and back. */
public enum Station {
  ADDRESS("is the address one of a connected service"),
  CLIENT_POOL("the addresses that VPN clients have"),
  PUSH("what OpenVPN sends clients a route to"),
  VPN_INSTANCE("the VPN instance runs"),
  AGENT("its SSM agent answers"),
  FORWARDING("it forwards packets"),
  FOREIGN_CHAINS("filters of others on it"),
  NAT("it translates"),
  VPN_GROUPS("its security groups, outbound"),
  HUB_ROUTE("the route from its subnet"),
  HUB_ACL("the network ACL of its subnet, outbound"),
  PEERING("the peering connection"),
  SERVICE_ACL("the network ACL of the service's subnet, inbound"),
  INTERFACE("the network interface that has the address"),
  SECURITY_GROUPS("its security groups, inbound"),
  SERVICE_ROUTE("the route back from its subnet"),
  SERVICE_ACL_BACK("the network ACL of the service's subnet, outbound"),
  HUB_ACL_BACK("the network ACL of the VPN instance's subnet, inbound"),
  PROBE("a try from the VPN instance");

  private final String words;

  Station(String words) {
    this.words = words;
  }

  /** Such as {@code the route from its subnet}. */
  public String words() {
    return words;
  }

  /** Whether a try from the VPN instance passes it: what it shows is then so, whatever was read. */
  boolean isProbed() {
    return compareTo(VPN_GROUPS) >= 0 && compareTo(PROBE) < 0;
  }
}
