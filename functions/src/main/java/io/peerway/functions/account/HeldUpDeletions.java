package io.peerway.functions.account;

import io.peerway.model.AccountLook;
import io.peerway.model.error.Denied;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RegionalVpc;
import io.peerway.model.network.Tags;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.account.AccountAction;
import io.peerway.plan.account.AccountView;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * VPCs that somebody tries to delete and EC2 does not, because something depends on them: our
 * security group does as long as it is there (EC2 API reference, "DeleteVpc"). Where nothing else
 * is left that could be reached, the connection ends.
 */
record HeldUpDeletions(Settings settings, AccountLook look, Function<Region, Network> service) {
  private static final Logger LOG = LoggerFactory.getLogger(HeldUpDeletions.class);

  /**
   * Lets go of those VPCs.
   *
   * @param actions what is to be done for the account otherwise
   */
  void letGo(
      AccountView view, Complete<Peering> live, HubNetwork hub, List<AccountAction> actions) {
    view.vpcs().items().stream()
        .filter(seen -> look.heldUp().contains(seen.vpc().id()))
        .filter(seen -> seen.vpc().owner().equals(look.accountId()))
        .filter(this::isEmpty)
        .forEach(seen -> letGo(seen.vpc().id(), live, hub, actions));
  }

  private boolean isEmpty(RegionalVpc seen) {
    try {
      return !service.apply(seen.region()).hasInterfaces(seen.vpc().id());
    } catch (Denied e) {
      // An account with an older stack, which does not let us look: its people take the tag off.
      LOG.warn("{} is left alone: {}", seen.vpc().id(), e.getMessage());
      return false;
    }
  }

  // The note tells the workflow that ends the connection, and whoever looks meanwhile; what the
  // VPC's tag asks for is left out.
  private void letGo(
      VpcId vpc, Complete<Peering> live, HubNetwork hub, List<AccountAction> actions) {
    actions.removeIf(
        action -> action instanceof AccountAction.Request request && request.vpc().equals(vpc));
    live.items().stream()
        .filter(peering -> peering.joins(vpc) && peering.joins(settings.hubVpc()))
        .filter(Peering::wasLetIn)
        .forEach(
            peering -> {
              if (!peering.holdsUpDeletion()) {
                hub.ensureTagged(peering.id(), Map.of(Tags.ENDS, "vpc"));
              }
              actions.removeIf(action -> action.at().filter(peering.id()::equals).isPresent());
              actions.add(
                  new AccountAction.Disconnect(
                      peering.id(), vpc + " is being deleted, and nothing is left in it"));
            });
  }
}
