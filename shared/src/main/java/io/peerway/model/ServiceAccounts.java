package io.peerway.model;

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
    return region -> network(account, region, onBehalfOf);
  }
}
