package io.peerway.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A look at a service account, and what has drawn the attention to it. Two looks at one account
 * make one: what holds for either, holds for both.
 *
 * @param changed VPCs in which something has changed: their connections are read, and gone through
 *     again where something is not as the VPC now asks
 * @param throughout whether every connection of the account is: the event does not say in which VPC
 * @param deleted VPCs that, by events of this account, were deleted, and their peering connections
 *     with them
 * @param tagged VPCs that, by events of this account, ask for a connection
 * @param arrived whether the account has just come, or has come to where it lies
 * @param about besides those that are tagged, the VPCs whose refusal is news; where there is no
 *     list, every refusal is
 * @param removed whether somebody has removed routes or openings that may have been ours: each
 *     connection is read, and gone through again only where something is missing
 * @param heldUp VPCs that, by events of this account, EC2 did not delete because of what is in them
 */
public record AccountLook(
    AccountId account,
    List<VpcId> changed,
    boolean throughout,
    List<VpcId> deleted,
    List<VpcId> tagged,
    boolean arrived,
    Optional<List<VpcId>> about,
    boolean removed,
    List<VpcId> heldUp) {

  // How many VPCs a look names of each kind. An account has five in a Region unless it asks for
  // more
  // ("Amazon VPC quotas", VPC user guide); events that name thousands are somebody's noise, and an
  // input has room for some thousand ids.
  private static final int MOST = 100;

  public AccountLook {
    // What is done beyond the limit is done for all; what is told beyond it is not told.
    throughout = throughout || changed.stream().distinct().count() > MOST;
    changed = limited(changed);
    deleted = limited(deleted);
    tagged = limited(tagged);
    about = about.map(AccountLook::limited);
    heldUp = limited(heldUp);
  }

  /** The same where nothing was removed. */
  public AccountLook(
      AccountId account,
      List<VpcId> changed,
      boolean throughout,
      List<VpcId> deleted,
      List<VpcId> tagged,
      boolean arrived,
      Optional<List<VpcId>> about) {
    this(account, changed, throughout, deleted, tagged, arrived, about, false, List.of());
  }

  /** For no special reason: a person asks, and hears of everything. */
  public static AccountLook at(AccountId account) {
    return new AccountLook(
        account, List.of(), false, List.of(), List.of(), false, Optional.empty(), false, List.of());
  }

  /** Because of an event about these VPCs: what stands against others, people have heard before. */
  public static AccountLook afterEvent(AccountId account, VpcId... vpcs) {
    return new AccountLook(
        account,
        List.of(),
        false,
        List.of(),
        List.of(),
        false,
        Optional.of(List.of(vpcs)),
        false,
        List.of());
  }

  /** Because the account has come. */
  public AccountLook onArrival() {
    return new AccountLook(
        account, changed, throughout, deleted, tagged, true, about, removed, heldUp);
  }

  /** Because of this VPC. */
  public AccountLook because(VpcId hasChanged) {
    return new AccountLook(
        account, List.of(hasChanged), throughout, deleted, tagged, arrived, about, removed, heldUp);
  }

  /** Because of something in one of the account's VPCs. */
  public AccountLook atEveryConnection() {
    return new AccountLook(
        account, changed, true, deleted, tagged, arrived, about, removed, heldUp);
  }

  /** Because something was removed that may have been ours. */
  public AccountLook afterARemoval() {
    return new AccountLook(
        account, changed, throughout, deleted, tagged, arrived, about, true, heldUp);
  }

  /** Because this VPC is no more. */
  public AccountLook afterTheEndOf(VpcId vpc) {
    return new AccountLook(
        account, changed, throughout, List.of(vpc), tagged, arrived, about, removed, heldUp);
  }

  /** Because this VPC could not be deleted. */
  public AccountLook heldUpIn(VpcId vpc) {
    return new AccountLook(
        account, changed, throughout, deleted, tagged, arrived, about, removed, List.of(vpc));
  }

  /** Because of these tags. */
  public AccountLook askedBy(List<VpcId> vpcs) {
    return new AccountLook(
        account, changed, throughout, deleted, vpcs, arrived, about, removed, heldUp);
  }

  /**
   * One look for the reasons of both.
   *
   * @param other at the same account
   */
  public AccountLook and(AccountLook other) {
    if (!account.equals(other.account)) {
      throw new IllegalArgumentException(account + " and " + other.account + " are two accounts");
    }
    return new AccountLook(
        account,
        both(changed, other.changed),
        throughout || other.throughout,
        both(deleted, other.deleted),
        both(tagged, other.tagged),
        arrived || other.arrived,
        about.flatMap(one -> other.about.map(another -> both(one, another))),
        removed || other.removed,
        both(heldUp, other.heldUp));
  }

  /** The same look, of which nobody is told anything. */
  public AccountLook inSilence() {
    return new AccountLook(
        account,
        changed,
        throughout,
        deleted,
        List.of(),
        false,
        Optional.of(List.of()),
        removed,
        heldUp);
  }

  /** Whether anything that it finds may be news. */
  public boolean tells() {
    return arrived || !tagged.isEmpty() || about.map(vpcs -> !vpcs.isEmpty()).orElse(true);
  }

  /** Whether something may have changed in this VPC. */
  public boolean mayHaveChanged(VpcId vpc) {
    return throughout || changed.contains(vpc);
  }

  /** Whether this VPC may be one of those that were deleted. */
  public boolean sawTheEndOf(VpcId vpc) {
    return deleted.contains(vpc) || deleted.size() == MOST;
  }

  /** Whether it is news that this VPC is refused. */
  public boolean tellsOf(VpcId vpc) {
    return tagged.contains(vpc) || about.map(vpcs -> vpcs.contains(vpc)).orElse(true);
  }

  /** Whether it is news that a Region cannot be read: a VPC that asks may be in it. */
  public boolean tellsOfRegions() {
    return !tagged.isEmpty() || about.isEmpty();
  }

  private static List<VpcId> both(List<VpcId> one, List<VpcId> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  private static List<VpcId> limited(List<VpcId> vpcs) {
    return vpcs.stream().distinct().limit(MOST).toList();
  }
}
