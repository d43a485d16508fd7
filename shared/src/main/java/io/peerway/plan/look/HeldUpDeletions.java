package io.peerway.plan.look;

import io.peerway.model.AccountLook;
import io.peerway.model.Start;
import io.peerway.model.error.Denied;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RegionalVpc;
import io.peerway.model.network.Tags;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Aws;
import io.peerway.plan.account.AccountNeeds;
import io.peerway.plan.sight.AccountSight;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * VPCs that somebody tries to delete and EC2 does not, because something depends on them: our
 * security group does as long as it is there (EC2 API reference, "DeleteVpc"). Where nothing else
 * is left that could be reached, the connection ends.
 *
 * @param service the account's network in a Region
 */
record HeldUpDeletions(
    Aws aws, AccountLook look, HubNetwork hub, Function<Region, Network> service) {

  /**
   * Lets go of those VPCs.
   *
   * @param needs what is to be done for the account otherwise
   */
  AccountNeeds letGo(AccountSight sight, Complete<Peering> live, AccountNeeds needs) {
    AccountNeeds all = needs;
    for (RegionalVpc seen : sight.vpcs()) {
      if (look.heldUp().contains(seen.vpc().id())
          && seen.vpc().owner().equals(look.accountId())
          && isEmpty(seen)) {
        all = letGo(seen.vpc().id(), live, all);
      }
    }
    return all;
  }

  private boolean isEmpty(RegionalVpc seen) {
    try {
      return !service.apply(seen.region()).hasInterfaces(seen.vpc().id());
    } catch (Denied e) {
      // An account with an older stack, which does not let us look: its people take the tag off.
      aws.say(seen.vpc().id() + " is left alone: " + e.getMessage());
      return false;
    }
  }

  // The note tells the workflow that ends the connection, and whoever looks meanwhile; what the
  // VPC's tag asks for is left out.
  private AccountNeeds letGo(VpcId vpc, Complete<Peering> live, AccountNeeds needs) {
    Map<PeeringId, Start> ends = new LinkedHashMap<>();
    for (Peering peering : live.items()) {
      if (peering.joins(vpc) && peering.joins(aws.settings().hubVpc()) && peering.wasLetIn()) {
        if (!peering.holdsUpDeletion()) {
          hub.ensureTagged(peering.id(), Map.of(Tags.ENDS, "vpc"));
        }
        ends.put(
            peering.id(),
            new Start.Disconnect(
                look.accountId(),
                peering.id(),
                vpc + " is being deleted, and nothing is left in it"));
      }
    }
    return needs
        .without(
            place -> place.equals(vpc) || (place instanceof PeeringId id && ends.containsKey(id)))
        .and(AccountNeeds.of(List.copyOf(ends.values())));
  }
}
