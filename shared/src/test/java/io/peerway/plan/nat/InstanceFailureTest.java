package io.peerway.plan.nat;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.SentCommand.Answer;
import org.junit.jupiter.api.Test;

class InstanceFailureTest {
  private static final String AGENT = "failed to run commands: exit status 1";

  @Test
  void the_documents_own_reason_is_told_and_not_what_the_agent_says_behind_it() {
    String reason = "mkdir: cannot create directory '/var/lib/peerway': Read-only file system";
    assertThat(
            of(
                "{\"outcome\":\"failed\",\"reason\":\"%s\"}\n\n----------ERROR-------\n%s\n%s"
                    .formatted(reason, reason, AGENT)))
        .isEqualTo(reason);
  }

  @Test
  void without_one_it_is_the_last_line_that_the_agent_did_not_write() {
    assertThat(of("----------ERROR-------\nsh: 1: Syntax error\n" + AGENT))
        .isEqualTo("sh: 1: Syntax error");
    assertThat(of("nothing is cut off" + AGENT)).isEqualTo("nothing is cut off");
  }

  @Test
  void where_the_agent_alone_has_spoken_that_is_told() {
    assertThat(of("----------ERROR-------\n" + AGENT)).isEqualTo(AGENT);
    assertThat(of(" \n")).isEqualTo("no output");
  }

  private static String of(String output) {
    return InstanceFailure.of(new Answer("i-1", "Failed", output));
  }
}
