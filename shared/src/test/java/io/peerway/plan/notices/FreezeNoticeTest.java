package io.peerway.plan.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.Connection;
import io.peerway.testing.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FreezeNoticeTest {
  private static final String UNTIL = "the freeze calendar the-calendar is closed, until noon";

  /** What waits, and the workflow that lets it through. */
  private enum Wait {
    REQUEST("connect") {
      @Override
      Notice of(Connection connection) {
        return FreezeNotice.request(connection, UNTIL);
      }
    },
    CHANGE("connect") {
      @Override
      Notice of(Connection connection) {
        return FreezeNotice.change(connection, UNTIL);
      }
    },
    END("disconnect") {
      @Override
      Notice of(Connection connection) {
        return FreezeNotice.end(connection, "its tag is off", UNTIL);
      }
    };

    private final String workflow;

    Wait(String workflow) {
      this.workflow = workflow;
    }

    abstract Notice of(Connection connection);
  }

  @ParameterizedTest
  @EnumSource
  void what_waits_is_told_by_whose_it_is_until_when_and_how_to_let_it_through(Wait wait) {
    Notice notice = wait.of(Samples.connection());
    assertThat(notice.outcome()).isEqualTo("frozen");
    assertThat(notice.account()).containsExactly(Samples.SERVICE_ACCOUNT);
    assertThat(notice.subject())
        .isEqualTo("Peerway: pcx-0a1b2c3d4e5f60718 waits for the end of a freeze");
    assertThat(notice.message())
        .contains("vpc-0bbbbbbbbbbbbbbbb (account 210987654321, eu-west-1)", UNTIL)
        .contains(
            "start "
                + wait.workflow
                + " by hand with the input {\"peeringId\": \"pcx-0a1b2c3d4e5f60718\"}");
  }

  @Test
  void an_end_that_waits_says_why_it_comes() {
    assertThat(Wait.END.of(Samples.connection()).message())
        .contains("Why it ends: its tag is off. Until then nothing of it is taken away.");
  }

  @Test
  void what_went_through_a_freeze_says_so_in_a_paragraph_of_its_own_and_nothing_else() {
    Notice told = Wait.REQUEST.of(Samples.connection());
    assertThat(FreezeNotice.through(told, "")).isEqualTo(told);
    assertThat(FreezeNotice.through(told, "It went through.").message())
        .isEqualTo(told.message() + "\n\nIt went through.");
  }
}
