package io.peerway.plan.findings;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.value.AccountId;
import io.peerway.model.value.Place;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnreadTest {

  @Test
  void however_many_accounts_there_are_they_are_counted_and_three_are_named() {
    Unread unread = Unread.of(accounts(1, 2000), "Denied");
    assertThat(unread).isEqualTo(new Unread("Denied", 2000, accounts(1, 3)));
    assertThat(unread.finding())
        .isEqualTo(
            Finding.leftAlone(
                new Place.Accounts(2000),
                "could not be checked (Denied): 000000000001, 000000000002, 000000000003 and 1997"
                    + " more"));
  }

  @Test
  void a_few_are_all_named() {
    assertThat(Unread.of(accounts(1, 1), "Denied").finding())
        .hasToString("1 account without a connection: could not be checked (Denied): 000000000001");
    assertThat(Unread.of(accounts(1, 3), "Denied").finding().what())
        .endsWith("000000000001, 000000000002, 000000000003");
  }

  @Test
  void the_same_reason_is_counted_together_and_another_apart_in_an_order_that_stays() {
    List<Unread> some =
        List.of(Unread.of(accounts(1, 2), "Throttled"), Unread.of(accounts(3, 3), "Denied"));
    List<Unread> more = List.of(Unread.of(accounts(4, 7), "Denied"));
    List<Unread> together =
        List.of(
            new Unread("Denied", 5, List.of(account(3), account(4), account(5))),
            new Unread("Throttled", 2, accounts(1, 2)));
    assertThat(Unread.together(some, more)).isEqualTo(together);
    assertThat(Unread.together(List.of(), together)).isEqualTo(together);
    assertThat(Unread.together(List.of(), List.of())).isEmpty();
  }

  private static List<AccountId> accounts(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(UnreadTest::account).toList();
  }

  private static AccountId account(int n) {
    return new AccountId("%012d".formatted(n));
  }
}
