package io.peerway.plan.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.value.AccountId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccountGroupsTest {

  @Test
  void each_connected_account_is_alone_and_the_others_are_together() {
    assertThat(AccountGroups.of(accounts(3, 5), accounts(1, 9)))
        .containsExactly(
            of(3),
            of(4),
            of(5),
            List.of(account(1), account(2), account(6), account(7), account(8)),
            of(9));
  }

  @Test
  void a_connected_account_that_was_not_listed_is_looked_at_all_the_same() {
    assertThat(AccountGroups.of(accounts(1, 1), Set.of())).containsExactly(of(1));
    assertThat(AccountGroups.of(Set.of(), Set.of())).isEmpty();
  }

  private static Set<AccountId> accounts(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(AccountGroupsTest::account)
        .collect(Collectors.toSet());
  }

  private static List<AccountId> of(int n) {
    return List.of(account(n));
  }

  private static AccountId account(int n) {
    return new AccountId("%012d".formatted(n));
  }
}
