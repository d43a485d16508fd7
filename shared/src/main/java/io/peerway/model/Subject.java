package io.peerway.model;

/**
 * What a call to AWS is made for: one connection, or one account. It is named in the call, so that
 * both accounts' trails show it.
 */
public sealed interface Subject permits PeeringId, AccountId {
  /** The id. */
  String value();
}
