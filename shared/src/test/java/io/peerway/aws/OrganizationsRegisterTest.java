package io.peerway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.Membership;
import io.peerway.model.error.Denied;
import io.peerway.model.error.Unavailable;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.AllConnections;
import io.peerway.testing.CannedAws;
import io.peerway.testing.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrganizationsRegisterTest extends AwsTest {

  @ParameterizedTest
  @CsvSource({
    "'\"State\":\"ACTIVE\"', true",
    "'\"State\":\"SUSPENDED\",\"Status\":\"ACTIVE\"', false",
    "'\"State\":\"PENDING_CLOSURE\"', false",
    "'\"State\":\"A_STATE_OF_TOMORROW\",\"Status\":\"ACTIVE\"', true",
    "'\"Status\":\"ACTIVE\"', true",
    "'\"Status\":\"SUSPENDED\"', false",
    "'\"Email\":\"a@example.org\"', false"
  })
  void a_member_is_active_by_its_state_or_where_that_is_missing_by_its_status(
      String fields, boolean active) {
    account(fields);
    assertThat(membership(false))
        .isEqualTo(new Membership.Member("o-exampleorg1", active, List.of()));
    assertThat(last().body()).contains("\"AccountId\":\"210987654321\"");
    assertThat(last().header("User-Agent")).contains("peerway/pcx-0a1b2c3d4e5f60718");
  }

  @Test
  void the_units_above_an_account_are_walked_up_to_the_root() {
    account("\"State\":\"ACTIVE\"");
    for (String parent : List.of("ou-abcd-22222222", "ou-abcd-11111111", "r-abcd")) {
      aws.answers("ListParents", "{\"Parents\":[{\"Id\":\"%s\"}]}".formatted(parent));
    }
    assertThat(membership(true))
        .isEqualTo(
            new Membership.Member(
                "o-exampleorg1", true, List.of("ou-abcd-22222222", "ou-abcd-11111111", "r-abcd")));
    assertThat(aws.requests())
        .extracting(CannedAws.Request::operation)
        .containsExactly("DescribeAccount", "ListParents", "ListParents", "ListParents");
    assertThat(last().body()).contains("ou-abcd-11111111");
  }

  @Test
  void the_units_of_an_account_that_was_listed_are_asked_for_alone() {
    for (String parent : List.of("ou-abcd-11111111", "r-abcd")) {
      aws.answers("ListParents", "{\"Parents\":[{\"Id\":\"%s\"}]}".formatted(parent));
    }
    assertThat(clients.organization().units(Samples.SERVICE_ACCOUNT, Samples.SERVICE_ACCOUNT))
        .containsExactly("ou-abcd-11111111", "r-abcd");
    assertThat(aws.requests())
        .extracting(CannedAws.Request::operation)
        .containsExactly("ListParents", "ListParents");
    assertThat(last().header("User-Agent")).contains("peerway/210987654321");
  }

  @Test
  void the_walk_ends_where_nothing_is_above() {
    account("\"State\":\"ACTIVE\"");
    aws.answers("ListParents", "{\"Parents\":[]}");
    assertThat(membership(true)).isEqualTo(new Membership.Member("o-exampleorg1", true, List.of()));
  }

  @Test
  void an_unknown_account_is_a_stranger() {
    aws.answers("DescribeAccount", 400, "{\"__type\":\"AccountNotFoundException\"}");
    assertThat(membership(true)).isEqualTo(new Membership.Stranger());
  }

  @Test
  void not_being_allowed_to_ask_does_not_make_a_stranger() {
    denied();
    aws.answers("ListAccounts", 400, "{\"__type\":\"AccessDeniedException\"}");
    assertThatExceptionOfType(Denied.class)
        .isThrownBy(() -> membership(false))
        .withMessageContaining("210987654321");
  }

  @Test
  void who_may_not_be_asked_about_and_is_not_listed_is_a_stranger() {
    denied();
    listed("345678901234");
    assertThat(membership(true)).isEqualTo(new Membership.Stranger());
  }

  @Test
  void a_member_that_a_policy_leaves_out_is_none() {
    denied();
    listed("210987654321");
    assertThatExceptionOfType(Denied.class).isThrownBy(() -> membership(true));
  }

  @Test
  void while_that_cannot_be_told_nobody_is_a_stranger() {
    denied();
    for (int attempt = 0; attempt < 3; attempt++) {
      aws.answers("ListAccounts", 500, "{\"__type\":\"ServiceException\"}");
    }
    assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> membership(true));
  }

  private void listed(String account) {
    aws.answers("ListAccounts", "{\"Accounts\":[{\"Id\":\"%s\"}]}".formatted(account));
  }

  private void denied() {
    aws.answers("DescribeAccount", 400, "{\"__type\":\"AccessDeniedException\"}");
  }

  @Test
  void every_page_of_accounts_is_read_and_those_not_in_use_are_left_out() {
    aws.answers(
        "ListAccounts",
        """
        {"Accounts":[{"Id":"210987654321","State":"ACTIVE"},
        {"Id":"345678901234","State":"SUSPENDED"}],"NextToken":"more"}
        """);
    aws.answers("ListAccounts", "{\"Accounts\":[{\"Id\":\"456789012345\",\"Status\":\"ACTIVE\"}]}");
    assertThat(clients.organization().activeAccounts(new AllConnections()).items())
        .extracting(AccountId::value)
        .containsExactly("210987654321", "456789012345");
    assertThat(last().header("User-Agent")).contains("peerway/all-connections");
  }

  private Membership membership(boolean withParents) {
    return clients.organization().membership(Samples.SERVICE_ACCOUNT, withParents, Samples.PEERING);
  }

  private void account(String fields) {
    aws.answers(
        "DescribeAccount",
        """
        {"Account":{"Id":"210987654321",%s,
        "Arn":"arn:aws:organizations::999999999999:account/o-exampleorg1/210987654321"}}
        """
            .formatted(fields));
  }
}
