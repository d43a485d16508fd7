package io.peerway.plan.account;

import io.peerway.model.Start;
import io.peerway.model.value.Place;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What an account needs: what is to be started for it, and what is left alone. */
public record AccountNeeds(List<Start> starts, List<LeftAlone> leftAlone) {
  public static final AccountNeeds NONE = new AccountNeeds(List.of(), List.of());

  public AccountNeeds {
    starts = List.copyOf(starts);
    leftAlone = List.copyOf(leftAlone);
  }

  /** Only what is to be started. */
  public static AccountNeeds of(List<Start> starts) {
    return new AccountNeeds(starts, List.of());
  }

  /** Both. */
  public AccountNeeds and(AccountNeeds more) {
    return new AccountNeeds(
        Stream.concat(starts.stream(), more.starts.stream()).toList(),
        Stream.concat(leftAlone.stream(), more.leftAlone.stream()).toList());
  }

  /** The same without what would be started at these places. */
  public AccountNeeds without(Predicate<Place> places) {
    return new AccountNeeds(
        starts.stream().filter(start -> !places.test(start.at())).toList(), leftAlone);
  }

  public boolean areNone() {
    return starts.isEmpty() && leftAlone.isEmpty();
  }
}
