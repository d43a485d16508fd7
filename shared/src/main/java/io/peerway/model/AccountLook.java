package io.peerway.model;

import io.peerway.model.value.AccountId;
import io.peerway.model.value.VpcId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A look at a service account, and what has drawn the attention to it. Two looks at one account
 * make one: what holds for either, holds for both.
 *
 * <p>It crosses queues and workflows as it is, one JSON object; people who start a look by hand
 * give {@code accountId} only.
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
    AccountId accountId,
    List<VpcId> changed,
    boolean throughout,
    List<VpcId> deleted,
    List<VpcId> tagged,
    boolean arrived,
    @Nullable List<VpcId> about,
    boolean removed,
    List<VpcId> heldUp) {

  // How many VPCs a look names of each kind. An account has five in a Region unless it asks for
  // more
  // ("Amazon VPC quotas", VPC user guide); events that name thousands are somebody's noise, and an
  // input has room for some thousand ids.
  private static final int MOST = 100;

  public AccountLook {
    Objects.requireNonNull(accountId, "accountId");
    changed = Objects.requireNonNullElse(changed, List.of());
    deleted = Objects.requireNonNullElse(deleted, List.of());
    tagged = Objects.requireNonNullElse(tagged, List.of());
    heldUp = Objects.requireNonNullElse(heldUp, List.of());
    // What is done beyond the limit is done for all; what is told beyond it is not told.
    throughout = throughout || changed.stream().distinct().count() > MOST;
    changed = limited(changed);
    deleted = limited(deleted);
    tagged = limited(tagged);
    about = about == null ? null : limited(about);
    heldUp = limited(heldUp);
  }

  /** The same where nothing was removed. */
  public AccountLook(
      AccountId accountId,
      List<VpcId> changed,
      boolean throughout,
      List<VpcId> deleted,
      List<VpcId> tagged,
      boolean arrived,
      @Nullable List<VpcId> about) {
    this(accountId, changed, throughout, deleted, tagged, arrived, about, false, List.of());
  }

  /** For no special reason: a person asks, and hears of everything. */
  public static AccountLook at(AccountId accountId) {
    return new AccountLook(
        accountId, List.of(), false, List.of(), List.of(), false, null, false, List.of());
  }

  /** Because of an event about these VPCs: what stands against others, people have heard before. */
  public static AccountLook afterEvent(AccountId accountId, VpcId... vpcs) {
    return new AccountLook(
        accountId, List.of(), false, List.of(), List.of(), false, List.of(vpcs), false, List.of());
  }

  /** Because the account has come. */
  public AccountLook onArrival() {
    return new AccountLook(
        accountId, changed, throughout, deleted, tagged, true, about, removed, heldUp);
  }

  /** Because of this VPC. */
  public AccountLook because(VpcId hasChanged) {
    return new AccountLook(
        accountId,
        List.of(hasChanged),
        throughout,
        deleted,
        tagged,
        arrived,
        about,
        removed,
        heldUp);
  }

  /** Because of something in one of the account's VPCs. */
  public AccountLook atEveryConnection() {
    return new AccountLook(
        accountId, changed, true, deleted, tagged, arrived, about, removed, heldUp);
  }

  /** Because something was removed that may have been ours. */
  public AccountLook afterARemoval() {
    return new AccountLook(
        accountId, changed, throughout, deleted, tagged, arrived, about, true, heldUp);
  }

  /** Because this VPC is no more. */
  public AccountLook afterTheEndOf(VpcId vpc) {
    return new AccountLook(
        accountId, changed, throughout, List.of(vpc), tagged, arrived, about, removed, heldUp);
  }

  /** Because this VPC could not be deleted. */
  public AccountLook heldUpIn(VpcId vpc) {
    return new AccountLook(
        accountId, changed, throughout, deleted, tagged, arrived, about, removed, List.of(vpc));
  }

  /** Because of these tags. */
  public AccountLook askedBy(List<VpcId> vpcs) {
    return new AccountLook(
        accountId, changed, throughout, deleted, vpcs, arrived, about, removed, heldUp);
  }

  /**
   * One look for the reasons of both.
   *
   * @param other at the same account
   */
  public AccountLook and(AccountLook other) {
    if (!accountId.equals(other.accountId)) {
      throw new IllegalArgumentException(
          accountId + " and " + other.accountId + " are two accounts");
    }
    return new AccountLook(
        accountId,
        both(changed, other.changed),
        throughout || other.throughout,
        both(deleted, other.deleted),
        both(tagged, other.tagged),
        arrived || other.arrived,
        about == null || other.about == null ? null : both(about, other.about),
        removed || other.removed,
        both(heldUp, other.heldUp));
  }

  /** The same look, of which nobody is told anything. */
  public AccountLook inSilence() {
    return new AccountLook(
        accountId, changed, throughout, deleted, List.of(), false, List.of(), removed, heldUp);
  }

  /** Whether anything that it finds may be news. */
  public boolean tells() {
    return arrived || !tagged.isEmpty() || about == null || !about.isEmpty();
  }

  /** Whether something may have changed in this VPC. */
  public boolean mayHaveChanged(VpcId vpc) {
    return throughout || changed.contains(vpc);
  }

  /** Whether this VPC may be one of those that were deleted. */
  public boolean sawTheEndOf(VpcId vpc) {
    return deleted.contains(vpc) || deleted.size() == MOST;
  }

  /** Whether every refusal is news: no event about one VPC is the reason. */
  public boolean isAboutAll() {
    return about == null;
  }

  /** Whether it is news that this VPC is refused. */
  public boolean tellsOf(VpcId vpc) {
    return tagged.contains(vpc) || about == null || about.contains(vpc);
  }

  /** Whether it is news that a Region cannot be read: a VPC that asks may be in it. */
  public boolean tellsOfRegions() {
    return !tagged.isEmpty() || about == null;
  }

  /** As the input of {@code look-at-account}, without what is left out of one by hand. */
  public String json() {
    // Ids are made of letters, digits and hyphens, so they need no escaping in JSON.
    StringBuilder input = new StringBuilder("{\"accountId\":\"" + accountId + "\"");
    if (!changed.isEmpty()) {
      input.append(",\"changed\":" + json(changed));
    }
    if (throughout) {
      input.append(",\"throughout\":true");
    }
    if (!deleted.isEmpty()) {
      input.append(",\"deleted\":" + json(deleted));
    }
    if (!tagged.isEmpty()) {
      input.append(",\"tagged\":" + json(tagged));
    }
    if (removed) {
      input.append(",\"removed\":true");
    }
    if (!heldUp.isEmpty()) {
      input.append(",\"heldUp\":" + json(heldUp));
    }
    if (arrived) {
      input.append(",\"arrived\":true");
    }
    if (about != null) {
      input.append(",\"about\":" + json(about));
    }
    return input + "}";
  }

  private static String json(List<VpcId> vpcs) {
    return vpcs.stream().map(vpc -> "\"" + vpc + "\"").collect(Collectors.joining(",", "[", "]"));
  }

  private static List<VpcId> both(List<VpcId> one, List<VpcId> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }

  private static List<VpcId> limited(List<VpcId> vpcs) {
    return vpcs.stream().distinct().limit(MOST).toList();
  }
}
