package io.peerway.model;

import java.util.List;
import java.util.Optional;

/**
 * A look at a service account, and what has drawn the attention to it.
 *
 * @param changed a VPC whose connection has to be gone through again in any case
 * @param throughout whether every connection of the account has to be: a group or a route table has
 *     changed, and the event does not say in which VPC
 * @param deleted a VPC that, by an event of this account, was deleted, and its peering connections
 *     with it
 * @param tagged VPCs that, by an event of this account, ask for a connection
 * @param arrived whether the account has just come, or has come to where it lies
 * @param about besides those that are tagged, the VPCs whose refusal is news; where there is no
 *     list, every refusal is
 */
public record AccountLook(
    AccountId account,
    Optional<VpcId> changed,
    boolean throughout,
    Optional<VpcId> deleted,
    List<VpcId> tagged,
    boolean arrived,
    Optional<List<VpcId>> about) {
  public AccountLook {
    tagged = List.copyOf(tagged);
    about = about.map(List::copyOf);
  }

  /** For no special reason: a person asks, and hears of everything. */
  public static AccountLook at(AccountId account) {
    return new AccountLook(
        account, Optional.empty(), false, Optional.empty(), List.of(), false, Optional.empty());
  }

  /** Because of an event about these VPCs: what stands against others, people have heard before. */
  public static AccountLook afterEvent(AccountId account, VpcId... vpcs) {
    return new AccountLook(
        account,
        Optional.empty(),
        false,
        Optional.empty(),
        List.of(),
        false,
        Optional.of(List.of(vpcs)));
  }

  /** Because the account has come. */
  public AccountLook onArrival() {
    return new AccountLook(account, changed, throughout, deleted, tagged, true, about);
  }

  /** Because of this VPC. */
  public AccountLook because(VpcId hasChanged) {
    return new AccountLook(
        account, Optional.of(hasChanged), throughout, deleted, tagged, arrived, about);
  }

  /** Because of something in one of the account's VPCs. */
  public AccountLook atEveryConnection() {
    return new AccountLook(account, changed, true, deleted, tagged, arrived, about);
  }

  /** Because this VPC is no more. */
  public AccountLook afterTheEndOf(VpcId vpc) {
    return new AccountLook(account, changed, throughout, Optional.of(vpc), tagged, arrived, about);
  }

  /** Because of these tags. */
  public AccountLook askedBy(List<VpcId> vpcs) {
    return new AccountLook(account, changed, throughout, deleted, vpcs, arrived, about);
  }

  /** Whether a VPC's connection has to be gone through again in any case. */
  public boolean goesThrough(VpcId vpc) {
    return throughout || changed.filter(vpc::equals).isPresent();
  }

  /** Whether it is news that this VPC is refused. */
  public boolean tellsOf(VpcId vpc) {
    return tagged.contains(vpc) || about.map(vpcs -> vpcs.contains(vpc)).orElse(true);
  }

  /** Whether it is news that a Region cannot be read: a VPC that asks may be in it. */
  public boolean tellsOfRegions() {
    return !tagged.isEmpty() || about.isEmpty();
  }
}
