package io.peerway.plan.admission;

import io.peerway.model.Connection;
import io.peerway.model.error.BlackholeRoute;
import io.peerway.model.error.Denied;
import io.peerway.model.error.Drifted;
import io.peerway.model.error.ForeignGroup;
import io.peerway.model.error.ForeignRoute;
import io.peerway.model.error.NatCommandFailed;
import io.peerway.model.error.NoVpnInstance;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import java.util.List;
import java.util.function.Supplier;

/** A step fails for good only while it works for the latest admission. */
public final class Latest {
  private Latest() {}

  /**
   * Does the work of a step. Where it fails in a way that no redrive would mend while the
   * connection has another claim, or is over, that is what went wrong: what was found is then the
   * work of a newer run, or of disconnect.
   *
   * @throws io.peerway.model.error.Superseded in place of such a failure
   */
  public static <T> T admitted(Connection connection, HubNetwork hub, Supplier<T> work) {
    return admitted(connection.peeringId(), connection.service().cidrs(), hub, work);
  }

  /** The same, where no more is known of the connection than its claim. */
  public static <T> T admitted(PeeringId id, List<Cidr> claim, HubNetwork hub, Supplier<T> work) {
    try {
      return work.get();
    } catch (Drifted
        | ForeignRoute
        | BlackholeRoute
        | ForeignGroup
        | Denied
        | NatCommandFailed
        | NoVpnInstance e) {
      StillAdmitted.claim(id, claim, hub.peering(id));
      throw e;
    }
  }
}
