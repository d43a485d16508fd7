package io.peerway.model.port;

import io.peerway.model.value.AccountId;
import io.peerway.model.value.Region;
import io.peerway.model.value.Subject;
import java.util.List;
import java.util.function.Function;

/** The way into service accounts: the role that their stack gives the hub. */
public interface ServiceAccounts {

  /**
   * The network of a service account, seen through its role. The role is assumed at the first call.
   *
   * @param onBehalfOf names the session, so that the service account's own trail shows which
   *     connection a call was for
   */
  Network network(AccountId account, Region region, Subject onBehalfOf);

  /**
   * The same for several Regions: the role is assumed once for all of them, at the first call. So a
   * Region that says no says it for itself, and not for the role.
   */
  default Function<Region, Network> networks(AccountId account, Subject onBehalfOf) {
    return session(account, onBehalfOf)::network;
  }

  /**
   * The same with the account's event histories. A way into it that knows of none has empty ones.
   */
  default Session session(AccountId account, Subject onBehalfOf) {
    return new Session() {
      @Override
      public Network network(Region region) {
        return ServiceAccounts.this.network(account, region, onBehalfOf);
      }

      @Override
      public EventHistory events(Region region) {
        return resource -> List.of();
      }
    };
  }

  /** One session with the role, which is assumed at the first call, whatever it is. */
  interface Session {
    Network network(Region region);

    EventHistory events(Region region);
  }
}
