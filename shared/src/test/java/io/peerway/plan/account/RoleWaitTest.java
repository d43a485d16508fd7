package io.peerway.plan.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.AccountLook;
import io.peerway.model.error.NotYetOpen;
import io.peerway.plan.account.RoleWait.Next;
import io.peerway.plan.sight.AccountSight;
import io.peerway.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoleWaitTest {

  private static final AccountLook BY_A_PERSON = AccountLook.at(Samples.SERVICE_ACCOUNT);
  private static final AccountLook AFTER_ITS_EVENT =
      AccountLook.afterEvent(Samples.SERVICE_ACCOUNT);

  @Test
  void looks_soon_at_first_and_every_quarter_of_an_hour_later() {
    assertThat(waits(BY_A_PERSON))
        .startsWith(30, 60, 120, 240, 480, 900, 900)
        .isSorted()
        .endsWith(900);
  }

  @Test
  void gives_up_after_about_a_day_and_stays_so() {
    for (AccountLook look :
        List.of(BY_A_PERSON, BY_A_PERSON.onArrival(), AFTER_ITS_EVENT.onArrival())) {
      List<Integer> waits = waits(look);
      assertThat(sum(waits)).isBetween(Duration.ofHours(23), Duration.ofHours(25));
      for (int attempt : List.of(waits.size(), Integer.MAX_VALUE)) {
        assertThat(RoleWait.next(look, attempt))
            .isEqualTo(new Next.Tell(AccountNotice.noRole(Samples.SERVICE_ACCOUNT)));
      }
    }
  }

  @Test
  void an_account_that_aws_does_not_serve_yet_is_waited_for_alike_and_told_by_its_answer() {
    NotYetOpen why = new NotYetOpen("list the VPCs: PendingVerification", new Exception());
    for (int attempt = 0; attempt < 100; attempt++) {
      assertThat(RoleWait.next(BY_A_PERSON, attempt, why))
          .isEqualTo(RoleWait.next(BY_A_PERSON, attempt));
    }
    assertThat(RoleWait.next(BY_A_PERSON, 100, why))
        .isInstanceOfSatisfying(
            Next.Tell.class,
            tell -> assertThat(tell.notice().message()).contains("PendingVerification"));
    assertThat(RoleWait.next(AFTER_ITS_EVENT, 100, why)).isEqualTo(new Next.Leave());
  }

  @Test
  void a_region_that_may_open_yet_is_waited_for_some_minutes_where_the_account_has_come() {
    AccountSight view =
        new AccountSight(
            List.of(
                new AccountSight.Unread(
                    Samples.REGION, new NotYetOpen("later", new IllegalStateException()))));
    assertThat(RoleWait.mayOpenYet(BY_A_PERSON, view, 0)).isTrue();
    assertThat(RoleWait.mayOpenYet(AFTER_ITS_EVENT.onArrival(), view, 3)).isTrue();
    assertThat(RoleWait.mayOpenYet(BY_A_PERSON, view, 4)).isFalse();
    assertThat(RoleWait.mayOpenYet(AFTER_ITS_EVENT, view, 0)).isFalse();
    AccountSight settled = new AccountSight(List.of());
    assertThat(RoleWait.mayOpenYet(BY_A_PERSON, settled, 0)).isFalse();
  }

  // An account that deletes its role and goes on tagging.
  @Test
  void after_an_event_of_the_account_itself_waits_some_minutes_and_says_nothing() {
    List<Integer> waits = waits(AFTER_ITS_EVENT);
    assertThat(sum(waits)).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(10));
    assertThat(RoleWait.next(AFTER_ITS_EVENT, waits.size())).isEqualTo(new Next.Leave());
    AccountLook changed =
        AccountLook.afterEvent(Samples.SERVICE_ACCOUNT, Samples.SERVICE_VPC)
            .because(Samples.SERVICE_VPC);
    assertThat(waits(changed)).isEqualTo(waits);
    assertThat(RoleWait.next(changed, waits.size())).isEqualTo(new Next.Leave());
  }

  @Test
  void a_tag_that_comes_to_nothing_is_told_with_its_vpc() {
    AccountLook asked = AFTER_ITS_EVENT.askedBy(List.of(Samples.SERVICE_VPC));
    assertThat(waits(asked)).isEqualTo(waits(AFTER_ITS_EVENT));
    assertThat(RoleWait.next(asked, waits(asked).size()))
        .isInstanceOfSatisfying(
            Next.Tell.class,
            tell -> assertThat(tell.notice().message()).contains("vpc-0bbbbbbbbbbbbbbbb"));
  }

  // look-at-account.asl.json: TimeoutSeconds.
  @Test
  void gives_up_before_the_workflow_does() {
    assertThat(sum(waits(BY_A_PERSON))).isLessThan(Duration.ofSeconds(172_800 - 100 * 90));
  }

  private static List<Integer> waits(AccountLook look) {
    return IntStream.range(0, 200)
        .mapToObj(attempt -> RoleWait.next(look, attempt))
        .takeWhile(Next.LookAgain.class::isInstance)
        .map(next -> ((Next.LookAgain) next).seconds())
        .toList();
  }

  private static Duration sum(List<Integer> waits) {
    return Duration.ofSeconds(waits.stream().mapToInt(Integer::intValue).sum());
  }
}
