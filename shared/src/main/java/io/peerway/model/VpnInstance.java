package io.peerway.model;

import io.peerway.model.value.Cidr;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.SecurityGroupId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A VPN instance of the hub VPC.
 *
 * @param addresses the primary private IPv4 addresses of its interfaces in the hub VPC, each as a
 *     /32: Linux masquerades by that of the interface a packet leaves through
 * @param runs whether it runs now, or may only run again
 * @param subnets those of its interfaces
 * @param groups the security groups of its interfaces
 */
public record VpnInstance(
    InstanceId id,
    List<Cidr> addresses,
    boolean runs,
    List<String> subnets,
    List<SecurityGroupId> groups) {
  /** Where packets of the company may come from, now or when an instance runs again. */
  public static List<Cidr> addresses(List<VpnInstance> instances) {
    return instances.stream().flatMap(i -> i.addresses().stream()).distinct().sorted().toList();
  }

  /** The subnets that packets of the company may come from. */
  public static List<String> subnets(List<VpnInstance> instances) {
    return instances.stream().flatMap(i -> i.subnets().stream()).distinct().sorted().toList();
  }

  /** Those that translate now. */
  public static Set<InstanceId> running(List<VpnInstance> instances) {
    return instances.stream()
        .filter(VpnInstance::runs)
        .map(VpnInstance::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
