package io.peerway.plan.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.AccountLook;
import io.peerway.model.value.Region;
import io.peerway.plan.account.AccountNotice;
import io.peerway.plan.account.LeftAlone;
import io.peerway.plan.network.Obstacle;
import io.peerway.plan.rules.Refusal;
import io.peerway.testing.Samples;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoticeTest {

  private static final AccountLook LOOK = AccountLook.at(Samples.SERVICE_ACCOUNT);

  @Test
  void connected_says_what_can_be_reached_and_from_where() {
    Notice notice =
        Notice.connected(Samples.connection(), List.of("i-1", "i-2"), List.of(), List.of());
    assertSubject(notice, "Peerway: pcx-0a1b2c3d4e5f60718 connected");
    assertThat(notice.message())
        .contains("vpc-0bbbbbbbbbbbbbbbb", "210987654321", "10.110.0.0/16", "i-1, i-2");
  }

  @Test
  void refused_says_the_rule_the_reason_and_what_became_of_it() {
    Notice notice =
        Notice.refused(
            Samples.PEERING,
            Samples.connection().service(),
            new Refusal("SomeRule", "a is not b"),
            "It was rejected.");
    assertSubject(notice, "Peerway: pcx-0a1b2c3d4e5f60718 refused (SomeRule)");
    assertThat(notice.message()).contains("SomeRule", "a is not b", "It was rejected.");
    assertThat(notice)
        .extracting(Notice::outcome, Notice::rule, Notice::reason, Notice::account)
        .containsExactly("refused", "SomeRule", "a is not b", List.of(Samples.SERVICE_ACCOUNT));
  }

  @Test
  void of_a_request_that_is_gone_nobody_knows_whose_it_was() {
    Notice notice =
        Notice.refused(
            Samples.PEERING, null, new Refusal("SomeRule", "a is not b"), "The request is gone.");
    assertThat(notice.account()).isNull();
    assertThat(notice.peeringId()).isEqualTo(Samples.PEERING);
  }

  @Test
  void what_is_about_a_connection_names_it_apart_from_the_words() {
    Notice notice = Notice.connected(Samples.connection(), List.of("i-1"), List.of(), List.of());
    assertThat(notice)
        .isEqualTo(
            new Notice(
                "1",
                "connected",
                List.of(Samples.SERVICE_ACCOUNT),
                Samples.REGION,
                Samples.SERVICE_VPC,
                Samples.PEERING,
                Samples.SERVICE_CIDRS,
                null,
                null,
                notice.subject(),
                notice.message()));
  }

  @Test
  void what_is_about_accounts_names_them_apart_from_the_words_and_what_is_about_none_says_none() {
    Notice notice = Notice.of("outcome", List.of(Samples.SERVICE_ACCOUNT), "subject", "message");
    assertThat(notice.account()).containsExactly(Samples.SERVICE_ACCOUNT);
    assertThat(notice.peeringId()).isNull();
    assertThat(Notice.of("outcome", List.of(), "subject", "message").account()).isNull();
  }

  @Test
  void connected_tells_what_was_seen_in_the_way_apart_from_what_could_not_be_read() {
    Notice notice =
        Notice.connected(
            Samples.connection(),
            List.of("i-1"),
            List.of(Obstacle.unread("rtb-1 may be"), Obstacle.seen("acl-1 is")),
            List.of("10.110.0.0/16"));
    assertSubject(notice, "Peerway: pcx-0a1b2c3d4e5f60718 connected, but not reachable everywhere");
    assertThat(notice.message())
        .contains("10.120.0.0/24], except as said below;")
        .endsWith(
            """


            Not ours, left as it is, and in the way:
            acl-1 is

            Could not be read, and may be in the way:
            rtb-1 may be

            Clients have no route there yet:
            10.110.0.0/16\
            """);
  }

  @Test
  void waiting_says_what_to_do() {
    Notice notice = Notice.waiting(Samples.PEERING, Samples.connection().service());
    assertSubject(notice, "Peerway: pcx-0a1b2c3d4e5f60718 waits for approval");
    assertThat(notice.message())
        .contains(
            "peerway:decision=approve 10.110.0.0/16 10.120.0.0/24", "peerway:decision=refuse");
  }

  @Test
  void disconnected_says_what_ended_and_why() {
    Notice notice =
        Notice.disconnected(Samples.connection().withdrawn(), "a person refused it", List.of());
    assertSubject(notice, "Peerway: pcx-0a1b2c3d4e5f60718 disconnected");
    assertThat(notice.message())
        .contains("vpc-0bbbbbbbbbbbbbbbb", "210987654321", "a person refused it")
        .contains("in the service account its routes and our security group too");
  }

  @Test
  void disconnected_says_what_is_left_in_the_service_account() {
    Notice notice =
        Notice.disconnected(
            Samples.connection().withdrawn(),
            "a person refused it",
            List.of(new Notice.Left("its routes", "Denied")));
    assertThat(notice.message())
        .contains("left in the service account", "its routes (Denied)", "reconcile")
        .doesNotContain("security group");
  }

  @Test
  void refusals_are_told_in_one_notice_a_line_for_each_vpc() {
    List<LeftAlone> actions =
        List.of(
            new LeftAlone.Refuse(Samples.SERVICE_VPC, "10 are allowed"),
            new LeftAlone.Refuse(Samples.OTHER_VPC, "11 are too many"));
    Notice notice = AccountNotice.refusals(LOOK, actions).orElseThrow();
    assertSubject(notice, "Peerway: VPCs of account 210987654321 refused");
    assertThat(notice.message().lines())
        .containsExactly(
            "vpc-0bbbbbbbbbbbbbbbb: 10 are allowed", "vpc-0dddddddddddddddd: 11 are too many");
  }

  @Test
  void a_region_that_was_left_out_is_told_with_the_refusals_or_by_itself() {
    var left = new LeftAlone.LeaveRegion(new Region("ap-east-1"), "AuthFailure");
    Notice alone = AccountNotice.refusals(LOOK, List.of(left)).orElseThrow();
    assertSubject(alone, "Peerway: Regions of account 210987654321 left out");
    assertThat(alone.message()).isEqualTo("Region ap-east-1: AuthFailure");
    var refuse = new LeftAlone.Refuse(Samples.SERVICE_VPC, "10 are allowed");
    Notice both = AccountNotice.refusals(LOOK, List.of(refuse, left)).orElseThrow();
    assertSubject(both, "Peerway: VPCs of account 210987654321 refused");
    assertThat(both.message().lines()).hasSize(2);
  }

  // Otherwise 50 VPCs that are tagged one after the other are 50 letters about all of them.
  @Test
  void after_an_event_only_the_vpcs_that_it_names_are_told_of() {
    AccountLook event = AccountLook.afterEvent(Samples.SERVICE_ACCOUNT);
    List<LeftAlone> actions =
        List.of(
            new LeftAlone.Refuse(Samples.SERVICE_VPC, "10 are allowed"),
            new LeftAlone.Refuse(Samples.OTHER_VPC, "11 are too many"),
            new LeftAlone.LeaveRegion(new Region("ap-east-1"), "AuthFailure"));
    assertThat(AccountNotice.refusals(event, actions)).isEmpty();
    assertThat(
            AccountNotice.refusals(event.askedBy(List.of(Samples.SERVICE_VPC)), actions)
                .orElseThrow()
                .message()
                .lines())
        .containsExactly("vpc-0bbbbbbbbbbbbbbbb: 10 are allowed", "Region ap-east-1: AuthFailure");
    AccountLook changed = AccountLook.afterEvent(Samples.SERVICE_ACCOUNT, Samples.OTHER_VPC);
    assertThat(AccountNotice.refusals(changed, actions).orElseThrow().message())
        .isEqualTo("vpc-0dddddddddddddddd: 11 are too many");
  }

  @Test
  void where_nothing_is_refused_nothing_is_told() {
    assertThat(AccountNotice.refusals(LOOK, List.of())).isEmpty();
  }

  // SNS API reference, "Publish": a message has at most 256 KB.
  @Test
  void fifty_refusals_fit_into_one_notice() {
    List<LeftAlone> actions =
        Collections.nCopies(50, new LeftAlone.Refuse(Samples.SERVICE_VPC, "x".repeat(300)));
    assertThat(AccountNotice.refusals(LOOK, actions).orElseThrow().message())
        .hasSizeLessThan(256_000);
  }

  @Test
  void no_role_says_what_to_deploy() {
    Notice notice = AccountNotice.noRole(Samples.SERVICE_ACCOUNT);
    assertSubject(notice, "Peerway: account 210987654321 cannot be entered");
    assertThat(notice.message()).contains("stacks/service-account.yaml", "look-at-account");
  }

  @Test
  void no_role_names_the_vpcs_whose_tag_comes_to_nothing() {
    Notice notice =
        AccountNotice.noRole(
            Samples.SERVICE_ACCOUNT, List.of(Samples.SERVICE_VPC, Samples.OTHER_VPC));
    assertSubject(notice, "Peerway: account 210987654321 cannot be entered");
    assertThat(notice.message())
        .contains("vpc-0bbbbbbbbbbbbbbbb", "vpc-0dddddddddddddddd", "stacks/service-account.yaml");
  }

  // SNS takes no others: API reference, "Publish".
  private static void assertSubject(Notice notice, String subject) {
    assertThat(notice.subject())
        .isEqualTo(subject)
        .hasSizeLessThanOrEqualTo(100)
        .matches("[\\x21-\\x7e][\\x20-\\x7e]*");
  }
}
