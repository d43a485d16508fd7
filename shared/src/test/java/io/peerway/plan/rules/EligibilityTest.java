package io.peerway.plan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.Membership;
import io.peerway.plan.Settings;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EligibilityTest {

  private final Settings settings = Samples.settings("ALLOWED_UNITS", "ou-abcd-11111111");

  @Test
  void of_an_account_that_is_created_in_the_root_and_will_be_moved_nothing_is_told() {
    Membership created = member(true, "r-abcd");
    assertThat(objection(created)).isPresent();
    assertThat(told(created)).isEmpty();
  }

  @Test
  void where_it_is_moved_to_another_unit_it_is_told_with_both() {
    assertThat(told(member(true, "ou-abcd-22222222", "r-abcd")))
        .hasValueSatisfying(
            reason -> assertThat(reason).contains("ou-abcd-22222222", "ou-abcd-11111111"));
  }

  @Test
  void where_it_is_moved_to_an_allowed_unit_there_is_nothing_to_tell() {
    assertThat(told(member(true, "ou-abcd-33333333", "ou-abcd-11111111", "r-abcd"))).isEmpty();
    assertThat(told(member(true, "ou-abcd-11111111", "r-abcd"))).isEmpty();
  }

  @Test
  void what_no_move_can_mend_is_told_wherever_it_lies() {
    assertThat(told(new Membership.Stranger())).isPresent();
    assertThat(told(member(false, "r-abcd"))).isPresent();
    assertThat(told(new Membership.Member("o-another00000", true, List.of("r-abcd")))).isPresent();
  }

  private static Membership member(boolean active, String... parents) {
    return new Membership.Member(Samples.ORGANIZATION, active, List.of(parents));
  }

  private Optional<String> objection(Membership membership) {
    return Eligibility.objection(Samples.SERVICE_ACCOUNT, membership, settings);
  }

  private Optional<String> told(Membership membership) {
    return Eligibility.objectionOnArrival(Samples.SERVICE_ACCOUNT, membership, settings);
  }
}
