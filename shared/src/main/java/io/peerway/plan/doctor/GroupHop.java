package io.peerway.plan.doctor;

import io.peerway.model.network.GroupRule;
import io.peerway.model.network.NetworkAcl.Direction;
import io.peerway.model.network.PrefixListSight;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.plan.doctor.Hop.Trail;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether security groups let packets pass in one direction. Answers need no rule (VPC user guide,
 * "Security group rules").
 *
 * @param groups those of the instance
 * @param lists the prefix lists that their rules name
 * @param peer who is at the other end
 * @param mend what opens it; null where there is no group to open
 * @param trail who may have closed it
 */
record GroupHop(
    Station at,
    Direction direction,
    List<SecurityGroupId> groups,
    Map<PrefixListId, PrefixListSight> lists,
    Cidr peer,
    Port port,
    @Nullable String mend,
    Trail trail) {
  private static final int ANY = -1;
  private static final int ICMP = 1;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int ECHO_REQUEST = 8;

  Hop by(Attempt<List<GroupRule>> rules) {
    return switch (rules) {
      case Attempt.Unread<List<GroupRule>>(String why) -> Hop.unknown(at, why);
      case Attempt.Seen<List<GroupRule>>(List<GroupRule> seen) -> by(seen);
    };
  }

  private Hop by(List<GroupRule> rules) {
    List<String> unread = new ArrayList<>();
    for (GroupRule rule : rules) {
      if (!isForPort(rule)) {
        continue;
      }
      if (rule.cidrs().stream().anyMatch(cidr -> cidr.contains(peer))) {
        return Hop.right(at, rule.group() + " " + lets());
      }
      for (PrefixListId list : rule.lists()) {
        switch (lists.getOrDefault(list, new PrefixListSight.Unknown("it was not read"))) {
          case PrefixListSight.Seen(List<Cidr> cidrs) -> {
            if (cidrs.stream().anyMatch(cidr -> cidr.contains(peer))) {
              return Hop.right(at, rule.group() + " " + lets() + ", by " + list);
            }
          }
          case PrefixListSight.Unknown(String why) -> unread.add(list + ": " + why);
        }
      }
      if (rule.namesPeers()) {
        unread.add(rule.group() + " names groups of the other VPC, whose members are not read");
      }
    }
    return unread.isEmpty()
        ? Hop.wrong(at, "no rule of " + named() + " " + lets(), mend, trail)
        : Hop.unknown(at, unread.getFirst());
  }

  private String lets() {
    return direction == Direction.INBOUND
        ? "lets " + peer + " in to " + port
        : "lets packets out to " + port + " of " + peer;
  }

  private String named() {
    return groups.isEmpty()
        ? "no group"
        : groups.stream().map(SecurityGroupId::value).sorted().collect(Collectors.joining(", "));
  }

  // EC2 API reference, "IpPermission": -1 is every protocol, and every type of ICMP.
  private boolean isForPort(GroupRule rule) {
    if (rule.protocol() == ANY) {
      return true;
    }
    return switch (port) {
      case Port.Icmp() ->
          rule.protocol() == ICMP && (rule.from() == ANY || rule.from() == ECHO_REQUEST);
      case Port.Range(Port.Protocol protocol, int first, int last) ->
          rule.protocol() == (protocol == Port.Protocol.TCP ? TCP : UDP)
              && (rule.from() == ANY || (rule.from() <= first && last <= rule.to()));
    };
  }
}
