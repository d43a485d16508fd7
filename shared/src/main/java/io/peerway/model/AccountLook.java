package io.peerway.model;

import java.util.List;
import java.util.Optional;

/**
 * A look at a service account, and what has drawn the attention to it.
 *
 * @param changed a VPC whose connection has to be gone through again in any case
 * @param deleted a VPC that, by an event of this account, was deleted, and its peering connections
 *     with it
 * @param tagged VPCs that, by an event of this account, ask for a connection
 * @param arrived whether the account has just come, or has come to where it lies
 */
public record AccountLook(
    AccountId account,
    Optional<VpcId> changed,
    Optional<VpcId> deleted,
    List<VpcId> tagged,
    boolean arrived) {
  public AccountLook {
    tagged = List.copyOf(tagged);
  }

  /** For no special reason. */
  public static AccountLook at(AccountId account) {
    return new AccountLook(account, Optional.empty(), Optional.empty(), List.of(), false);
  }

  /** Because the account has come. */
  public AccountLook onArrival() {
    return new AccountLook(account, changed, deleted, tagged, true);
  }

  /** Because of this VPC. */
  public AccountLook because(VpcId hasChanged) {
    return new AccountLook(account, Optional.of(hasChanged), deleted, tagged, arrived);
  }

  /** Because this VPC is no more. */
  public AccountLook afterTheEndOf(VpcId vpc) {
    return new AccountLook(account, changed, Optional.of(vpc), tagged, arrived);
  }

  /** Because of these tags. */
  public AccountLook askedBy(List<VpcId> vpcs) {
    return new AccountLook(account, changed, deleted, vpcs, arrived);
  }
}
