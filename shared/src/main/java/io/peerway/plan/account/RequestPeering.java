package io.peerway.plan.account;

import io.peerway.model.Parties;
import io.peerway.model.network.Peering;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Aws;
import java.util.Map;

/** Sends the peering request of a tagged VPC, from the service side, as its team would. */
public record RequestPeering(Aws aws, AccountId account, Region region, VpcId vpc) {

  /** The request that there is now. */
  public PeeringId id() {
    HubNetwork hub = aws.hub(account);
    Vpc hubVpc = aws.hubVpc(hub);
    PeeringId id =
        Parties.between(vpc, hubVpc.id(), hub.livePeerings())
            .map(Peering::id)
            .orElseGet(() -> requested(hubVpc));
    // From now on the request is known as the tag's. Otherwise it would look as if people had sent
    // it, and a tag taken off before admission has looked would not end it.
    hub.ensureTagged(id, Map.of(Tags.BY, Tags.BY_TAG));
    aws.say("asked for %s from %s".formatted(id, vpc));
    return id;
  }

  private PeeringId requested(Vpc hub) {
    VpcSide side = new VpcSide(hub.owner(), aws.settings().region(), hub.id(), hub.cidrs());
    return aws.services().network(account, region, account).ensureRequested(vpc, side);
  }
}
