package io.peerway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.peerway.model.value.AccountId;
import io.peerway.model.value.VpcId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccountLookTest {

  private static final AccountId ACCOUNT = new AccountId("210987654321");
  private static final AccountLook EVENT = AccountLook.afterEvent(ACCOUNT);

  @Test
  void two_looks_make_one_that_misses_nothing_of_either() {
    AccountLook one = EVENT.because(vpc(1)).askedBy(List.of(vpc(2))).afterTheEndOf(vpc(3));
    AccountLook other =
        AccountLook.afterEvent(ACCOUNT, vpc(4)).because(vpc(5)).askedBy(List.of(vpc(2), vpc(6)));
    assertThat(one.and(other))
        .isEqualTo(
            new AccountLook(
                ACCOUNT,
                List.of(vpc(1), vpc(5)),
                false,
                List.of(vpc(3)),
                List.of(vpc(2), vpc(6)),
                false,
                List.of(vpc(4))));
    assertThat(one.and(EVENT.atEveryConnection()).mayHaveChanged(vpc(9))).isTrue();
    assertThat(EVENT.onArrival().and(one).arrived()).isTrue();
    assertThat(one.and(EVENT.heldUpIn(vpc(7))).heldUp()).containsExactly(vpc(7));
    assertThat(EVENT.heldUpIn(vpc(7)).inSilence().heldUp()).containsExactly(vpc(7));
  }

  @Test
  void with_a_person_who_asks_every_refusal_is_news() {
    assertThat(EVENT.and(AccountLook.at(ACCOUNT)).isAboutAll()).isTrue();
    assertThat(AccountLook.at(ACCOUNT).and(EVENT).tellsOf(vpc(1))).isTrue();
  }

  @Test
  void two_accounts_are_not_looked_at_in_one() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EVENT.and(AccountLook.at(new AccountId("210987654322"))));
  }

  @Test
  void what_names_thousands_of_vpcs_stays_small_and_misses_nothing_that_is_to_be_done() {
    AccountLook noise =
        IntStream.range(0, 2_000)
            .mapToObj(
                n -> EVENT.because(vpc(n)).afterTheEndOf(vpc(n)).askedBy(List.of(vpc(n), vpc(n))))
            .reduce(AccountLook::and)
            .orElseThrow();
    assertThat(noise.changed()).hasSize(100);
    assertThat(noise.tagged()).hasSize(100);
    assertThat(noise.deleted()).hasSize(100);
    assertThat(noise.mayHaveChanged(vpc(1_999))).isTrue();
    assertThat(noise.sawTheEndOf(vpc(1_999))).isTrue();
    assertThat(EVENT.afterTheEndOf(vpc(1)).sawTheEndOf(vpc(2))).isFalse();
    AccountLook hundred =
        IntStream.range(0, 100)
            .mapToObj(n -> EVENT.because(vpc(n)))
            .reduce(AccountLook::and)
            .orElseThrow();
    assertThat(hundred.mayHaveChanged(vpc(99))).isTrue();
    assertThat(hundred.mayHaveChanged(vpc(100))).as("all are named").isFalse();
  }

  private static VpcId vpc(int n) {
    return new VpcId("vpc-%08x".formatted(n));
  }

  @Test
  void that_something_was_removed_holds_for_both() {
    AccountLook plain = AccountLook.afterEvent(ACCOUNT);
    assertThat(plain.and(plain.afterARemoval()).removed()).isTrue();
    assertThat(plain.afterARemoval().and(plain).removed()).isTrue();
    assertThat(plain.and(plain).removed()).isFalse();
    assertThat(plain.afterARemoval().mayHaveChanged(vpc(1))).isFalse();
  }
}
