package io.peerway.plan.report;

import io.peerway.model.value.Cidr;
import io.peerway.model.value.VpcId;
import io.peerway.plan.nat.VpnCount;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a run of {@code reconcile} has seen besides what it found: the dashboard shows it.
 *
 * @param at when it read, as an ISO time
 * @param hub the hub VPC's CIDRs
 * @param fullestTable how many routes the hub's route table has that has most
 * @param vpn what the VPN instances that answered count
 * @param refused VPCs that a person has refused
 * @param standings what is not meant to be connected, or not yet
 * @param others where it looked at one connection: what was known of all others before
 */
public record Seen(
    String at,
    List<Cidr> hub,
    int fullestTable,
    List<VpnCount> vpn,
    List<VpcId> refused,
    List<Standing> standings,
    @Nullable Looked others) {
  public Seen {
    Objects.requireNonNull(at, "at");
    hub = List.copyOf(hub);
    vpn = List.copyOf(vpn);
    refused = List.copyOf(refused);
    standings = List.copyOf(standings);
  }
}
