package io.peerway.plan.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.value.AccountId;
import io.peerway.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedTest {
  private static final Inspection HUB = found("hub");
  private static final List<Inspection> ACCOUNTS =
      Stream.of("a", "b", "c").map(CheckedTest::found).toList();

  @Test
  void where_nothing_is_refused_all_of_it_is_there() {
    Checked checked = Checked.of(List.of(HUB), ACCOUNTS);
    assertThat(checked.refused()).isEmpty();
    assertThat(checked.found()).containsExactly(checked.all());
    assertThat(places(checked)).containsExactly("hub", "a", "b", "c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "b", "c", "ab", "ac", "bc", "abc"})
  void what_is_found_in_the_second_round_stands_where_it_would_have_stood(String refused) {
    List<Inspection> first = new ArrayList<>();
    List<Inspection> second = new ArrayList<>();
    for (Inspection account : ACCOUNTS) {
      boolean isRefused = refused.contains(account.findings().getFirst().what());
      first.add(isRefused ? Inspection.refused(account(1)) : account);
      if (isRefused) {
        second.add(account);
      }
    }
    Checked before = Checked.of(List.of(HUB), first);
    assertThat(before.refused()).hasSize(refused.length()).containsOnly(List.of(account(1)));
    Checked after = Checked.of(before.found(), second);
    assertThat(after.refused()).isEmpty();
    assertThat(places(after)).containsExactly("hub", "a", "b", "c");
  }

  @Test
  void of_a_group_what_was_found_counts_at_once_and_only_the_refused_are_checked_again() {
    Inspection group =
        found("a")
            .and(Inspection.refused(account(1)))
            .and(Inspection.unread(List.of(account(2)), "Denied"))
            .and(Inspection.refused(account(3)));
    Checked checked = Checked.of(List.of(HUB), List.of(group));
    assertThat(checked.refused()).containsExactly(List.of(account(1), account(3)));
    assertThat(places(checked)).containsExactly("hub", "a");
    assertThat(checked.all().unread()).hasSize(1);
    assertThat(checked.all().refused()).isEmpty();
  }

  private static Inspection found(String what) {
    return Inspection.of(Finding.drift(Samples.SERVICE_VPC, what));
  }

  private static List<String> places(Checked checked) {
    return checked.all().findings().stream().map(Finding::what).toList();
  }

  private static AccountId account(int n) {
    return new AccountId("%012d".formatted(n));
  }
}
