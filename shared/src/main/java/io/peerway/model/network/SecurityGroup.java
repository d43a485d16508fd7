package io.peerway.model.network;

import io.peerway.model.value.SecurityGroupId;
import java.util.List;
import java.util.Map;

/**
 * A security group with the openings that have the shape of ours (ports of one protocol or all of
 * ICMP, one IPv4 source). Others stay unread, and therefore untouched.
 *
 * @param ingress all of that shape
 * @param ours those of them that carry our description: only these may ever be taken away
 * @param rules how many inbound rules it has, of whatever shape
 */
public record SecurityGroup(
    SecurityGroupId id,
    String name,
    List<Ingress> ingress,
    List<Ingress> ours,
    Map<String, String> tags,
    int rules) {

  /** One without openings of another shape. */
  public SecurityGroup(
      SecurityGroupId id,
      String name,
      List<Ingress> ingress,
      List<Ingress> ours,
      Map<String, String> tags) {
    this(id, name, ingress, ours, tags, ingress.size());
  }
}
