package io.peerway.model.value;

/**
 * What a call to AWS is made for: one connection, one account, or all connections together. It is
 * named in the call, so that both accounts' trails show it.
 */
public sealed interface Subject permits PeeringId, AccountId, AllConnections {
  /** The id. */
  String value();

  /** The subject with this id. */
  static Subject of(String value) {
    if (value.equals(AllConnections.NAME)) {
      return new AllConnections();
    }
    return PeeringId.isLike(value) ? new PeeringId(value) : new AccountId(value);
  }
}
