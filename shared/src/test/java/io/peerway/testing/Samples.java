package io.peerway.testing;

import io.peerway.model.Connection;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The network that most tests speak of: one hub, two services. */
public final class Samples {

  public static final Region REGION = new Region("eu-west-1");
  public static final AccountId HUB_ACCOUNT = new AccountId("123456789012");
  public static final VpcId HUB_VPC = new VpcId("vpc-0aaaaaaaaaaaaaaaa");
  public static final List<Cidr> HUB_CIDRS = Cidr.list("10.100.0.0/16");

  public static final AccountId SERVICE_ACCOUNT = new AccountId("210987654321");
  public static final VpcId SERVICE_VPC = new VpcId("vpc-0bbbbbbbbbbbbbbbb");
  public static final List<Cidr> SERVICE_CIDRS = Cidr.list("10.110.0.0/16 10.120.0.0/24");
  public static final PeeringId PEERING = new PeeringId("pcx-0a1b2c3d4e5f60718");

  public static final AccountId OTHER_ACCOUNT = new AccountId("345678901234");
  public static final VpcId OTHER_VPC = new VpcId("vpc-0dddddddddddddddd");
  public static final PeeringId OTHER_PEERING = new PeeringId("pcx-0ffffffffffffffff");

  public static final String ORGANIZATION = "o-exampleorg1";

  private Samples() {}

  /** The environment of a function, to be changed at will. */
  public static Map<String, String> environment() {
    return new HashMap<>(
        Map.of(
            "AWS_REGION", REGION.value(),
            "HUB_VPC_ID", HUB_VPC.value(),
            "CLIENT_POOL_CIDRS", "172.168.0.0/24",
            "COMPANY_CIDRS", "192.168.0.0/16",
            "ALLOWED_CIDRS", "10.0.0.0/8",
            "ALLOWED_PORTS", "tcp/22",
            "ORGANIZATION_ID", ORGANIZATION));
  }

  public static Settings settings() {
    return Settings.of(environment());
  }

  /** Settings with one variable changed. */
  public static Settings settings(String variable, String value) {
    Map<String, String> changed = environment();
    changed.put(variable, value);
    return Settings.of(changed);
  }

  public static Vpc hubVpc() {
    return new Vpc(HUB_VPC, HUB_ACCOUNT, HUB_CIDRS, Map.of());
  }

  public static VpcSide hubSide() {
    return new VpcSide(HUB_ACCOUNT, REGION, HUB_VPC, HUB_CIDRS);
  }

  public static VpcSide serviceSide() {
    return new VpcSide(SERVICE_ACCOUNT, REGION, SERVICE_VPC, SERVICE_CIDRS);
  }

  /** The sample connection, asked for by the service. */
  public static Connection connection() {
    return new Connection(PEERING, Connection.End.HUB, hubSide(), serviceSide());
  }

  /** The service's request to the hub, without a claim. */
  public static Peering request(PeeringStatus status) {
    return new Peering(PEERING, status, serviceSide(), hubSide(), Map.of());
  }

  /** Another service's peering connection with the hub, and its claim. */
  public static Peering other(PeeringId id, PeeringStatus status, String claim) {
    VpcSide side = new VpcSide(OTHER_ACCOUNT, REGION, OTHER_VPC, List.of());
    return new Peering(id, status, side, hubSide(), Map.of(Tags.CIDRS, claim));
  }

  /** {@code peering} with one tag more, or another value of it. */
  public static Peering tagged(Peering peering, String key, String value) {
    Map<String, String> tags = new HashMap<>(peering.tags());
    tags.put(key, value);
    return new Peering(
        peering.id(), peering.status(), peering.requester(), peering.accepter(), Map.copyOf(tags));
  }

  /** {@code peering} in another status. */
  public static Peering in(Peering peering, PeeringStatus status) {
    return new Peering(
        peering.id(), status, peering.requester(), peering.accepter(), peering.tags());
  }
}
