package io.peerway.model.network;

import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One change to a network, as a value: it prints as one line of a dry run, and is applied later or
 * never.
 */
public sealed interface Change {

  /** What became of one that was applied. */
  enum Effect {
    /** What it says is so now. */
    MADE,
    /** Only of {@link DeleteVpnGroup}: something still uses the group. */
    STILL_IN_USE
  }

  /** A route to {@code destination} through {@code peering}. There already: nothing happens. */
  record AddRoute(RouteTableId table, Cidr destination, PeeringId peering) implements Change {
    @Override
    public String toString() {
      return "add route " + destination + " -> " + peering + " to " + table;
    }
  }

  /** The route to {@code destination} is taken away. Gone already: nothing happens. */
  record RemoveRoute(RouteTableId table, Cidr destination, PeeringId peering) implements Change {
    @Override
    public String toString() {
      return "remove route " + destination + " -> " + peering + " from " + table;
    }
  }

  /**
   * Our security group in a service VPC, with its openings. There already (a run cut off after
   * creating it): it is found by the next plan, which then adds what is missing.
   */
  record CreateVpnGroup(VpcId vpc, VpcId hub, List<Ingress> ingress) implements Change {
    /** Its name, which no other group of the VPC can have. */
    public static String name(VpcId hub) {
      return "peerway-" + hub;
    }

    @Override
    public String toString() {
      return "create security group in " + vpc + " that allows " + printed(ingress);
    }
  }

  /** Openings added to a security group. One that is there already is left as it is. */
  record AllowIngress(SecurityGroupId group, List<Ingress> ingress) implements Change {
    @Override
    public String toString() {
      return "allow " + printed(ingress) + " in " + group;
    }
  }

  /** Openings of ours taken out of a security group. Gone already: nothing happens. */
  record RevokeIngress(SecurityGroupId group, List<Ingress> ingress) implements Change {
    @Override
    public String toString() {
      return "revoke " + printed(ingress) + " in " + group;
    }
  }

  /** Our security group is deleted. One that instances still have stays. Gone already: nothing. */
  record DeleteVpnGroup(SecurityGroupId group) implements Change {
    @Override
    public String toString() {
      return "delete security group " + group;
    }
  }

  private static String printed(List<Ingress> ingress) {
    return ingress.stream().map(Ingress::toString).collect(Collectors.joining(", "));
  }
}
