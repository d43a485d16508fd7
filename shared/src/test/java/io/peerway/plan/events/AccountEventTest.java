package io.peerway.plan.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.AccountLook;
import io.peerway.model.error.MalformedEvent;
import io.peerway.model.value.AccountId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountEventTest {

  private static final String ACCOUNT = "210987654321";
  private static final AccountLook AT = AccountLook.at(new AccountId(ACCOUNT));
  private static final AccountEvent LOOK = new AccountEvent.Look(AT);
  private static final AccountEvent ARRIVED = new AccountEvent.Look(AT.onArrival());

  @Test
  void a_new_account_is_looked_at() {
    assertThat(read(created("SUCCEEDED", Map.of("accountId", ACCOUNT)))).isEqualTo(ARRIVED);
  }

  @Test
  void a_creation_that_failed_has_no_account_and_says_why() {
    assertThat(read(created("FAILED", Map.of("failureReason", "EMAIL_ALREADY_EXISTS"))))
        .isInstanceOfSatisfying(
            AccountEvent.Ignored.class,
            ignored -> assertThat(ignored.reason()).contains("EMAIL_ALREADY_EXISTS"));
    assertThat(read(created("FAILED", Map.of()))).isInstanceOf(AccountEvent.Ignored.class);
    Map<String, Object> managed =
        service(
            "CreateManagedAccount",
            Map.of(
                "createManagedAccountStatus",
                Map.of("state", "FAILED", "message", "AWS Control Tower failed to create it.")));
    assertThat(AccountEvent.of("aws.controltower", managed))
        .isEqualTo(
            new AccountEvent.Ignored(
                "the account was not created: AWS Control Tower failed to create it."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"createManagedAccountStatus", "updateManagedAccountStatus"})
  void an_account_that_control_tower_creates_or_enrols_is_looked_at(String status) {
    String name = status.startsWith("create") ? "CreateManagedAccount" : "UpdateManagedAccount";
    Map<String, Object> detail =
        service(
            name,
            Map.of(
                status,
                Map.of(
                    "state",
                    "SUCCEEDED",
                    "account",
                    Map.of("accountName", "orders", "accountId", ACCOUNT),
                    "organizationalUnit",
                    Map.of("organizationalUnitId", "ou-abcd-11111111"))));
    // That it has come is told by the calls that Control Tower makes for it.
    assertThat(AccountEvent.of("aws.controltower", detail)).isEqualTo(LOOK);
  }

  @Test
  void a_closed_account_is_looked_at() {
    assertThat(
            read(
                service(
                    "CloseAccountResult",
                    Map.of(
                        "closeAccountStatus", Map.of("accountId", ACCOUNT, "state", "SUCCEEDED")))))
        .isEqualTo(LOOK);
    assertThat(read(call("CloseAccount"))).isEqualTo(LOOK);
  }

  @Test
  void an_account_that_came_or_went_is_looked_at() {
    for (String field : List.of("accountId", "memberAccountId")) {
      assertThat(read(service("AccountJoinedOrganization", Map.of(field, ACCOUNT))))
          .isEqualTo(ARRIVED);
      assertThat(read(service("AccountDepartedOrganization", Map.of(field, ACCOUNT))))
          .isEqualTo(LOOK);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AccountJoinedOrganization", "AccountDepartedOrganization"})
  void one_that_names_its_account_elsewhere_is_ignored_with_what_it_said(String name) {
    assertThat(read(service(name, Map.of("account", "elsewhere"))))
        .isEqualTo(
            new AccountEvent.Ignored("names no account that we can find: {account=elsewhere}"));
  }

  @Test
  void an_account_that_somebody_moved_or_removed_is_looked_at() {
    assertThat(read(call("MoveAccount"))).isEqualTo(ARRIVED);
    assertThat(read(call("RemoveAccountFromOrganization"))).isEqualTo(LOOK);
  }

  @Test
  void a_call_that_failed_asks_for_nothing() {
    Map<String, Object> failed = call("MoveAccount");
    failed.put("errorCode", "DuplicateAccountException");
    assertThat(read(failed))
        .isInstanceOfSatisfying(
            AccountEvent.Ignored.class,
            ignored -> assertThat(ignored.reason()).contains("DuplicateAccountException"));
  }

  @Test
  void other_events_and_other_sources_ask_for_nothing() {
    assertThat(read(call("CreatePolicy"))).isInstanceOf(AccountEvent.Ignored.class);
    assertThat(read(new HashMap<>())).isInstanceOf(AccountEvent.Ignored.class);
    for (String source : new String[] {"aws.ec2", "aws.organizations ", "", null}) {
      assertThat(AccountEvent.of(source, call("MoveAccount")))
          .isInstanceOf(AccountEvent.Ignored.class);
      assertThat(AccountEvent.of(source, null)).isInstanceOf(AccountEvent.Ignored.class);
    }
  }

  @Test
  void a_missing_account_is_malformed_and_says_which_field() {
    assertMalformed(
        created("SUCCEEDED", Map.of()),
        "detail.serviceEventDetails.createAccountStatus.accountId is missing or no text");
    assertMalformed(
        created("SUCCEEDED", Map.of("accountId", 210987654321L)), "createAccountStatus.accountId");
    assertMalformed(service("CreateManagedAccount", Map.of()), "createManagedAccountStatus");
    assertMalformed(service("CloseAccountResult", List.of()), "closeAccountStatus.accountId");
    assertMalformed(service("AccountJoinedOrganization", Map.of("accountId", "none")), "12 digits");
    Map<String, Object> call = call("MoveAccount");
    call.remove("requestParameters");
    assertMalformed(call, "detail.requestParameters.accountId");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12", "2109876543210", "21098765432\n", "arn:aws:iam::210987654321"})
  void an_account_of_another_form_is_malformed_and_shown_in_one_line(String account) {
    assertMalformed(created("SUCCEEDED", Map.of("accountId", account)), "12 digits");
  }

  @Test
  void a_hostile_account_is_shown_short() {
    assertMalformed(created("SUCCEEDED", Map.of("accountId", "9".repeat(300_000))), "…");
  }

  @Test
  void an_event_about_accounts_without_detail_is_malformed() {
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(() -> AccountEvent.of("aws.organizations", null));
  }

  private static void assertMalformed(Map<String, Object> detail, String said) {
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(() -> read(detail))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .contains(said)
                    .hasSizeLessThan(300)
                    .doesNotContainPattern("\\p{Cc}"));
  }

  private static AccountEvent read(Map<String, Object> detail) {
    return AccountEvent.of("aws.organizations", detail);
  }

  private static Map<String, Object> created(String state, Map<String, ?> more) {
    Map<String, Object> status = new HashMap<>(more);
    status.put("state", state);
    status.put("requestedTimestamp", "Nov 23, 2026 8:00:00 AM");
    return service("CreateAccountResult", Map.of("createAccountStatus", status));
  }

  private static Map<String, Object> service(String name, Object details) {
    Map<String, Object> detail = new HashMap<>();
    detail.put("eventName", name);
    detail.put("serviceEventDetails", details);
    return detail;
  }

  private static Map<String, Object> call(String name) {
    Map<String, Object> detail = new HashMap<>();
    detail.put("eventName", name);
    detail.put(
        "requestParameters",
        Map.of("accountId", ACCOUNT, "sourceParentId", "r-abcd", "destinationParentId", "ou-x"));
    return detail;
  }
}
