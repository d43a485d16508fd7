package io.peerway.model;

/** The way into service accounts: the role that their stack gives the hub. */
public interface ServiceAccounts {

  /**
   * The network of a service account, seen through its role. The role is assumed at the first call.
   *
   * @param onBehalfOf names the session, so that the service account's own trail shows which
   *     connection a call was for
   */
  Network network(AccountId account, Region region, Subject onBehalfOf);
}
