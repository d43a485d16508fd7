package io.peerway.plan.doctor;

import io.peerway.model.Connection;
import io.peerway.model.VpnInstance;
import io.peerway.model.network.AclSight;
import io.peerway.model.network.GroupRule;
import io.peerway.model.network.NetworkInterface;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PrefixListSight;
import io.peerway.model.network.RouteTable;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.Port;
import io.peerway.model.value.PrefixListId;
import io.peerway.plan.nat.SetInForce;
import io.peerway.plan.nat.Surroundings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that was read of the way to one address.
 *
 * @param to what was asked for, as people read it
 * @param address as a prefix of length 32
 * @param peering empty where EC2 no longer shows it
 */
public record Sight(
    String to,
    Cidr address,
    Port port,
    List<Cidr> clientPool,
    Connection connection,
    Attempt<Optional<Peering>> peering,
    HubEnd hub,
    ServiceEnd service) {

  /**
   * The hub VPC.
   *
   * @param instances the VPN instances that run or may run again
   * @param tables the route table of each subnet that they are in
   * @param lists the prefix lists that these or the rules name
   * @param rules the outbound rules of the VPN instances' security groups
   */
  public record HubEnd(
      Attempt<List<VpnInstance>> instances,
      Map<String, Attempt<Optional<RouteTable>>> tables,
      Map<PrefixListId, PrefixListSight> lists,
      AclSight acls,
      Attempt<List<GroupRule>> rules,
      Map<InstanceId, Answer> answers,
      Map<InstanceId, Attempt<Tried>> tries) {}

  /**
   * The service VPC.
   *
   * @param face what has the address; empty where nothing has it
   * @param table that of its subnet; empty where there is no such subnet
   * @param lists the prefix lists that the table or the groups name
   * @param rules the inbound rules of its security groups
   */
  public record ServiceEnd(
      Attempt<Optional<NetworkInterface>> face,
      Attempt<Optional<RouteTable>> table,
      Map<PrefixListId, PrefixListSight> lists,
      AclSight acls,
      Attempt<List<GroupRule>> rules) {}

  /** What a VPN instance said when it was asked what it has in force. */
  public sealed interface Answer {}

  /** It was not asked, for this reason. */
  public record Unasked(String why) implements Answer {}

  /** Nothing: its agent does not answer. */
  public record Silent(String why) implements Answer {}

  /** Its agent answered, and the document failed there. */
  public record Failed(String why) implements Answer {}

  /** What it has in force. */
  public record Told(SetInForce inForce, Surroundings others) implements Answer {}
}
