package io.peerway.plan.reconcile;

import io.peerway.model.value.AccountId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which accounts are checked together. */
public final class AccountGroups {
  // An execution's history holds 25,000 events, of which each group takes seven, and its data 256
  // KB (Step Functions developer guide, "Quotas"). Five accounts in ten Regions are read in three
  // quarters of a function's minute.
  private static final int AT_ONCE = 5;

  private AccountGroups() {}

  /**
   * Every account once. Those that are connected are each checked alone: what stops the check of
   * one must not make another unknown.
   */
  public static List<List<AccountId>> of(Set<AccountId> connected, Set<AccountId> active) {
    List<List<AccountId>> groups = new ArrayList<>();
    new TreeSet<>(connected).forEach(account -> groups.add(List.of(account)));
    List<AccountId> others =
        active.stream().filter(account -> !connected.contains(account)).sorted().toList();
    for (int from = 0; from < others.size(); from += AT_ONCE) {
      groups.add(others.subList(from, Math.min(from + AT_ONCE, others.size())));
    }
    return List.copyOf(groups);
  }
}
