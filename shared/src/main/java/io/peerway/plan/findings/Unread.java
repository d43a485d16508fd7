package io.peerway.plan.findings;

import io.peerway.model.value.AccountId;
import io.peerway.model.value.Place;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Accounts without a connection that could not be checked, all for one reason. There may be
 * thousands, wherever our role is not: they are counted, and the first few named.
 *
 * @param why the class of the failure, and where not all Regions are meant, which
 */
public record Unread(String why, int accounts, List<AccountId> first) {
  private static final int NAMED = 3;

  public Unread {
    Objects.requireNonNull(why, "why");
    first = List.copyOf(first);
  }

  static Unread of(List<AccountId> accounts, String why) {
    return new Unread(why, accounts.size(), accounts.stream().limit(NAMED).toList());
  }

  /** One for each reason. */
  static List<Unread> together(Collection<Unread> some, Collection<Unread> more) {
    TreeMap<String, Unread> each = new TreeMap<>();
    Stream.concat(some.stream(), more.stream())
        .forEach(unread -> each.merge(unread.why(), unread, Unread::and));
    return List.copyOf(each.values());
  }

  private Unread and(Unread other) {
    return new Unread(
        why,
        accounts + other.accounts,
        Stream.concat(first.stream(), other.first.stream()).limit(NAMED).toList());
  }

  public Finding finding() {
    int more = accounts - first.size();
    return Finding.leftAlone(
        new Place.Accounts(accounts),
        "could not be checked (%s): %s%s"
            .formatted(
                why,
                String.join(", ", first.stream().map(AccountId::value).toList()),
                more == 0 ? "" : " and " + more + " more"));
  }
}
