package io.peerway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.testing.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoticeTest {

  @Test
  void connected_says_what_can_be_reached_and_from_where() {
    Notice notice = Notice.connected(Samples.connection(), List.of("i-1", "i-2"));
    assertSubject(notice, "Peerway: pcx-0a1b2c3d4e5f60718 connected");
    assertThat(notice.message())
        .contains("vpc-0bbbbbbbbbbbbbbbb", "210987654321", "10.110.0.0/16", "i-1, i-2");
  }

  @Test
  void refused_says_the_rule_the_reason_and_what_became_of_it() {
    Notice notice =
        Notice.refused(Samples.PEERING, new Refusal("SomeRule", "a is not b"), "It was rejected.");
    assertSubject(notice, "Peerway: pcx-0a1b2c3d4e5f60718 refused (SomeRule)");
    assertThat(notice.message()).contains("SomeRule", "a is not b", "It was rejected.");
  }

  @Test
  void waiting_says_what_to_do() {
    Notice notice = Notice.waiting(Samples.PEERING);
    assertSubject(notice, "Peerway: pcx-0a1b2c3d4e5f60718 waits for approval");
    assertThat(notice.message()).contains("peerway:decision=approve", "peerway:decision=refuse");
  }

  // SNS takes no others: API reference, "Publish".
  private static void assertSubject(Notice notice, String subject) {
    assertThat(notice.subject())
        .isEqualTo(subject)
        .hasSizeLessThanOrEqualTo(100)
        .matches("[\\x21-\\x7e][\\x20-\\x7e]*");
  }
}
