package io.peerway.plan.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.peerway.model.error.Denied;
import io.peerway.model.error.NotYetOpen;
import io.peerway.model.error.Throttled;
import io.peerway.model.network.RegionalVpc;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Region;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AccountSightTest {

  private static final Region OPEN = new Region("eu-west-1");
  private static final Region CLOSED = new Region("ap-east-1");
  private static final Vpc VPC =
      new Vpc(Samples.SERVICE_VPC, Samples.SERVICE_ACCOUNT, Samples.SERVICE_CIDRS, Map.of());
  private static final RuntimeException NO =
      new Denied("AuthFailure", new IllegalStateException("AuthFailure"));

  @Test
  void a_region_that_says_no_is_unread_and_the_others_are_read_wherever_it_stands() {
    for (List<Region> regions : List.of(List.of(OPEN, CLOSED), List.of(CLOSED, OPEN))) {
      AccountSight view = AccountSight.ofVpcs(regions, closedWith(NO));
      assertThat(view.vpcs()).containsExactly(new RegionalVpc(OPEN, VPC));
      assertThat(view.unread())
          .extracting(AccountSight.Unread::region, AccountSight.Unread::why)
          .containsExactly(tuple(CLOSED, "AuthFailure"));
    }
  }

  @Test
  void a_region_that_aws_makes_ready_is_unread_and_may_open_yet() {
    NotYetOpen pending = new NotYetOpen("PendingVerification", new IllegalStateException());
    AccountSight view = AccountSight.ofVpcs(List.of(CLOSED, OPEN), closedWith(pending));
    assertThat(view.vpcs()).containsExactly(new RegionalVpc(OPEN, VPC));
    assertThat(view.unread()).extracting(AccountSight.Unread::region).containsExactly(CLOSED);
    assertThat(view.mayOpenYet()).isTrue();
    assertThat(AccountSight.ofVpcs(List.of(CLOSED, OPEN), closedWith(NO)).mayOpenYet()).isFalse();
    assertThatExceptionOfType(NotYetOpen.class)
        .isThrownBy(() -> AccountSight.ofVpcs(List.of(CLOSED), closedWith(pending)));
  }

  @Test
  void where_every_region_says_no_it_is_the_account_that_does() {
    assertThatExceptionOfType(Denied.class)
        .isThrownBy(() -> AccountSight.ofVpcs(List.of(CLOSED), closedWith(NO)));
  }

  @Test
  void what_was_read_of_a_region_is_that_region_s() {
    Region other = new Region("eu-south-1");
    AccountSight view = AccountSight.ofVpcs(List.of(OPEN, other, CLOSED), closedWith(NO));
    assertThat(view.in(other)).map(AccountSight.Seen::region).contains(other);
    assertThat(view.in(CLOSED)).isEmpty();
  }

  @Test
  void a_region_that_may_answer_later_is_waited_for() {
    assertThatExceptionOfType(Throttled.class)
        .isThrownBy(
            () ->
                AccountSight.ofVpcs(
                    List.of(OPEN, CLOSED),
                    closedWith(new Throttled("later", new IllegalStateException("later")))));
  }

  private static Function<Region, Complete<Vpc>> closedWith(RuntimeException answer) {
    return region -> {
      if (region.equals(CLOSED)) {
        throw answer;
      }
      return new Complete<>(List.of(VPC));
    };
  }
}
