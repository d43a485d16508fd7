package io.peerway.plan.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.AccountLook;
import io.peerway.model.error.MalformedEvent;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VpcEventTest {

  private static final String ID = "pcx-0a1b2c3d4e5f60718";
  private static final String ACCOUNT = "210987654321";
  private static final String HUB = "123456789012";

  @Test
  void a_request_says_where_to_look() {
    assertThat(read(created(ID))).isEqualTo(look(ID));
  }

  @Test
  void an_acceptance_says_where_to_look() {
    assertThat(read(call("AcceptVpcPeeringConnection", Map.of("vpcPeeringConnectionId", ID))))
        .isEqualTo(look(ID));
  }

  @Test
  void a_decision_says_where_to_look() {
    assertThat(read(tagged("peerway:decision", ID))).isEqualTo(look(ID));
  }

  @Test
  void a_decision_about_several_requests_says_to_look_at_each() {
    assertThat(read(tagged("peerway:decision", "vpc-0a1b2c3d", ID, "pcx-00000000", ID)))
        .isEqualTo(look(ID, "pcx-00000000"));
  }

  @Test
  void another_tag_asks_for_nothing() {
    assertThat(read(tagged("Name", ID))).isInstanceOf(VpcEvent.Ignored.class);
  }

  @Test
  void a_decision_about_something_else_asks_for_nothing() {
    assertThat(read(tagged("peerway:decision", "i-0a1b2c3d"))).isInstanceOf(VpcEvent.Ignored.class);
  }

  @Test
  void a_deletion_says_which_connection_may_be_over() {
    assertThat(read(call("DeleteVpcPeeringConnection", Map.of("vpcPeeringConnectionId", ID))))
        .isEqualTo(new VpcEvent.Ended(new PeeringId(ID)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AssociateVpcCidrBlock", "DisassociateVpcCidrBlock"})
  void a_changed_vpc_says_to_look_at_the_account_that_the_event_comes_from(String name) {
    Map<String, Object> changed = call(name, Map.of("ownerId", "999999999999"));
    assertThat(read(changed)).isEqualTo(lookAtAccount());
    changed.put("responseElements", Map.of(name + "Response", Map.of("vpcId", "vpc-0a1b2c3d")));
    assertThat(read(changed))
        .isEqualTo(
            new VpcEvent.LookAtAccount(
                AccountLook.afterEvent(new AccountId(ACCOUNT), new VpcId("vpc-0a1b2c3d"))));
    changed.put("responseElements", Map.of(name + "Response", Map.of("vpcId", "vpc-")));
    assertThat(read(changed)).isEqualTo(lookAtAccount());
  }

  @Test
  void a_vpc_that_is_made_with_the_tag_has_to_be_there_and_one_without_it_asks_for_nothing() {
    Map<String, Object> made = call("CreateVpc", Map.of("cidrBlock", "10.110.0.0/16"));
    made.put("responseElements", Map.of("vpc", Map.of("vpcId", "vpc-0a1b2c3d")));
    assertThat(read(made)).isInstanceOf(VpcEvent.Ignored.class);
    made.put("requestParameters", specified("Name"));
    assertThat(read(made)).isInstanceOf(VpcEvent.Ignored.class);
    made.put("requestParameters", specified("peerway:connect"));
    assertThat(read(made))
        .isEqualTo(
            new VpcEvent.LookAtAccount(
                AccountLook.afterEvent(new AccountId(ACCOUNT))
                    .askedBy(List.of(new VpcId("vpc-0a1b2c3d")))));
    made.put("responseElements", null);
    assertThat(read(made)).isEqualTo(throughout());
  }

  private static Map<String, ?> specified(String key) {
    Map<String, ?> ours = Map.of("tags", List.of(Map.of("key", key, "value", "true")));
    Map<String, ?> other = Map.of("tags", "none");
    return Map.of("tagSpecificationSet", Map.of("items", List.of("none", other, ours)));
  }

  @Test
  void a_deleted_vpc_says_to_look_at_its_account_and_what_its_connection_has_left() {
    assertThat(read(call("DeleteVpc", Map.of("vpcId", "vpc-0a1b2c3d"))))
        .isEqualTo(
            new VpcEvent.LookAtAccount(
                AccountLook.afterEvent(new AccountId(ACCOUNT))
                    .afterTheEndOf(new VpcId("vpc-0a1b2c3d"))));
    assertThat(read(call("DeleteVpc", Map.of()))).isEqualTo(throughout());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DeleteRoute",
        "ReplaceRoute",
        "RevokeSecurityGroupIngress",
        "ModifySecurityGroupRules",
        "DeleteSecurityGroup"
      })
  void what_others_remove_says_to_look_whether_it_was_ours(String name) {
    VpcEvent look =
        new VpcEvent.LookAtAccount(AccountLook.afterEvent(new AccountId(ACCOUNT)).afterARemoval());
    assertThat(read(call(name, Map.of("routeTableId", "rtb-0a1b2c3d")))).isEqualTo(look);
    // Whatever it holds: the account is looked at.
    assertThat(read(call(name, Map.of("groupId", 5)))).isEqualTo(look);
    Map<String, Object> ours = new java.util.HashMap<>(call(name, Map.of()));
    ours.put("userAgent", "peerway/" + ID);
    assertThat(read(ours)).isInstanceOf(VpcEvent.Ignored.class);
  }

  @Test
  void the_tag_of_a_vpc_says_to_look_at_its_account_and_which_vpc_has_to_be_there() {
    AccountLook look = AccountLook.afterEvent(new AccountId(ACCOUNT));
    Map<String, Object> tagged =
        tagged("peerway:connect", "i-0a1b2c3d", "vpc-0a1b2c3d", "vpc-00000000", "vpc-0a1b2c3d");
    assertThat(read(tagged))
        .isEqualTo(
            new VpcEvent.LookAtAccount(
                look.askedBy(List.of(new VpcId("vpc-0a1b2c3d"), new VpcId("vpc-00000000")))));
    tagged.put("eventName", "DeleteTags");
    assertThat(read(tagged)).isEqualTo(new VpcEvent.LookAtAccount(look));
    assertThat(read(tagged("peerway:connect", "vpc-", "vpc-0a1b2c3d")))
        .isEqualTo(
            new VpcEvent.LookAtAccount(
                look.askedBy(List.of(new VpcId("vpc-0a1b2c3d"))).atEveryConnection()));
  }

  @ParameterizedTest
  @CsvSource({"peerway:allow, sg-0a1b2c3d", "peerway:routes, rtb-0a1b2c3d"})
  void the_tag_of_a_group_or_a_table_says_to_go_through_the_accounts_connections(
      String key, String resource) {
    Map<String, Object> tagged = tagged(key, resource);
    assertThat(read(tagged)).isEqualTo(throughout());
    tagged.put("eventName", "DeleteTags");
    assertThat(read(tagged)).isEqualTo(throughout());
    Map<String, ?> all =
        Map.of("resourcesSet", Map.of("items", List.of(Map.of("resourceId", resource))));
    assertThat(read(call("DeleteTags", all))).isEqualTo(throughout());
    assertThat(read(tagged(key, "vpc-0a1b2c3d"))).isInstanceOf(VpcEvent.Ignored.class);
    assertThat(read(tagged("peerway:connect", resource))).isInstanceOf(VpcEvent.Ignored.class);
  }

  private static VpcEvent throughout() {
    return new VpcEvent.LookAtAccount(
        AccountLook.afterEvent(new AccountId(ACCOUNT)).atEveryConnection());
  }

  @Test
  void a_group_that_is_made_with_its_tag_says_which_vpc_to_go_through_again() {
    Map<String, Object> made = call("CreateSecurityGroup", specified("peerway:connect"));
    assertThat(read(made)).isInstanceOf(VpcEvent.Ignored.class);
    Map<String, Object> parameters = new HashMap<>(specified("peerway:allow"));
    parameters.put("vpcId", "vpc-0a1b2c3d");
    made.put("requestParameters", parameters);
    assertThat(read(made))
        .isEqualTo(
            new VpcEvent.LookAtAccount(
                AccountLook.afterEvent(new AccountId(ACCOUNT)).because(new VpcId("vpc-0a1b2c3d"))));
    // Without a VPC it is made in the default one, which is named nowhere.
    parameters.remove("vpcId");
    assertThat(read(made)).isEqualTo(throughout());
  }

  @Test
  void all_tags_taken_off_a_vpc_say_to_look_at_its_account() {
    Map<String, Object> resources = Map.of("items", List.of(Map.of("resourceId", "vpc-0a1b2c3d")));
    for (Map<String, ?> parameters :
        List.of(
            Map.of("resourcesSet", resources),
            Map.of("resourcesSet", resources, "tagSet", Map.of()),
            Map.of("resourcesSet", resources, "tagSet", Map.of("items", List.of())))) {
      assertThat(read(call("DeleteTags", parameters))).isEqualTo(lookAtAccount());
    }
    assertThat(read(call("DeleteTags", Map.of("tagSet", "none")))).isEqualTo(throughout());
    assertThat(read(call("CreateTags", Map.of("resourcesSet", resources)))).isEqualTo(throughout());
    assertThat(
            read(
                call(
                    "DeleteTags",
                    Map.of("resourcesSet", Map.of("items", List.of(Map.of("resourceId", ID)))))))
        .isInstanceOf(VpcEvent.Ignored.class);
  }

  @Test
  void the_same_tag_on_something_else_asks_for_nothing() {
    assertThat(read(tagged("peerway:connect", "subnet-0a1b2c3d", ID)))
        .isInstanceOf(VpcEvent.Ignored.class);
  }

  @Test
  void a_new_route_table_says_which_vpc_to_go_through_again() {
    assertThat(read(call("CreateRouteTable", Map.of("vpcId", "vpc-0a1b2c3d"))))
        .isEqualTo(
            new VpcEvent.LookAtAccount(
                AccountLook.afterEvent(new AccountId(ACCOUNT)).because(new VpcId("vpc-0a1b2c3d"))));
    assertThat(read(call("CreateRouteTable", Map.of("vpcId", "vpc-\n")))).isEqualTo(throughout());
    assertThat(read(call("CreateRouteTable", Map.of()))).isEqualTo(throughout());
  }

  @Test
  void an_account_of_another_form_is_malformed_where_it_matters() {
    for (String account : new String[] {null, "", "12", "21098765432\n"}) {
      assertThatExceptionOfType(MalformedEvent.class)
          .isThrownBy(() -> read(account, call("AssociateVpcCidrBlock", Map.of())))
          .withMessageStartingWith("account of the event: ")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("\\p{Cc}"));
      assertThat(read(account, created(ID))).isEqualTo(look(ID));
    }
  }

  @Test
  void a_vpc_that_could_not_be_deleted_is_looked_at() {
    Map<String, Object> refused = call("DeleteVpc", Map.of("vpcId", "vpc-0a1b2c3d"));
    refused.put("errorCode", "Client.DependencyViolation");
    assertThat(read(refused))
        .isInstanceOfSatisfying(
            VpcEvent.LookAtAccount.class,
            event -> {
              assertThat(event.look().heldUp()).containsExactly(new VpcId("vpc-0a1b2c3d"));
              assertThat(event.look().deleted()).isEmpty();
              assertThat(event.look().tells()).isFalse();
            });
    Map<String, Object> other = call("DeleteSecurityGroup", Map.of("groupId", "sg-0a1b2c3d"));
    other.put("errorCode", "Client.DependencyViolation");
    assertThat(read(other)).isInstanceOf(VpcEvent.Ignored.class);
  }

  @Test
  void a_call_that_failed_asks_for_nothing() {
    Map<String, Object> failed = created(ID);
    failed.put("errorCode", "Client.UnauthorizedOperation");
    failed.put("responseElements", null);
    assertThat(read(failed)).isInstanceOf(VpcEvent.Ignored.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {ID, ACCOUNT})
  void our_own_requests_ask_for_nothing(String subject) {
    for (Map<String, Object> ours :
        List.of(
            created(ID),
            call("AcceptVpcPeeringConnection", Map.of("vpcPeeringConnectionId", ID)))) {
      ours.put("userAgent", "aws-sdk-java/2.40.2 peerway/" + subject);
      assertThat(read(ours)).isInstanceOf(VpcEvent.Ignored.class);
    }
  }

  @Test
  void nobody_hides_the_end_of_a_connection_behind_our_user_agent() {
    Map<String, Object> deleted =
        call("DeleteVpcPeeringConnection", Map.of("vpcPeeringConnectionId", ID));
    deleted.put("userAgent", "aws-sdk-java/2.40.2 peerway/" + ID);
    assertThat(read(deleted)).isEqualTo(new VpcEvent.Ended(new PeeringId(ID)));
    Map<String, Object> untagged = tagged("peerway:connect", "vpc-0a1b2c3d");
    untagged.putAll(Map.of("eventName", "DeleteTags", "userAgent", "peerway/" + ID));
    assertThat(read(untagged)).isEqualTo(lookAtAccount());
  }

  @Test
  void other_calls_and_other_sources_ask_for_nothing() {
    assertThat(read(call("RunInstances", Map.of()))).isInstanceOf(VpcEvent.Ignored.class);
    AccountId hub = new AccountId(HUB);
    assertThat(VpcEvent.of("aws.s3", "AWS API Call via CloudTrail", ACCOUNT, created(ID), hub))
        .isInstanceOf(VpcEvent.Ignored.class);
    assertThat(
            VpcEvent.of(
                "aws.ec2", "EC2 Instance State-change Notification", ACCOUNT, created(ID), hub))
        .isInstanceOf(VpcEvent.Ignored.class);
    assertThat(VpcEvent.of(null, null, null, null, hub)).isInstanceOf(VpcEvent.Ignored.class);
  }

  static Stream<Map<String, Object>> unreadable() {
    return Stream.of(
        call("CreateVpcPeeringConnection", Map.of()),
        created(List.of(ID)),
        created("pcx-0A1B2C3D\n{}"),
        created("vpc-0a1b2c3d"),
        created("pcx-" + "0".repeat(300_000)),
        call("AcceptVpcPeeringConnection", null),
        call("DeleteVpcPeeringConnection", Map.of("vpcPeeringConnectionId", 7)),
        tagged("peerway:decision", "pcx-"),
        call("CreateTags", Map.of("tagSet", "none")));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void what_cannot_be_read_in_an_event_of_a_service_account_is_read_from_the_account(
      Map<String, Object> detail) {
    assertThat(read(detail)).isEqualTo(throughout());
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void what_cannot_be_read_in_an_event_of_the_hub_account_is_malformed(Map<String, Object> detail) {
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(() -> read(HUB, detail))
        .withMessageMatching("detail\\.[A-Za-z.]+ of the hub account's event is missing.*");
  }

  @Test
  void an_api_call_without_detail_is_read_from_its_account() {
    assertThat(read(ACCOUNT, null)).isEqualTo(throughout());
    assertThatExceptionOfType(MalformedEvent.class).isThrownBy(() -> read(HUB, null));
    assertThatExceptionOfType(MalformedEvent.class).isThrownBy(() -> read(null, null));
  }

  private static VpcEvent read(Map<String, Object> detail) {
    return read(ACCOUNT, detail);
  }

  private static VpcEvent read(String account, Map<String, Object> detail) {
    return VpcEvent.of(
        "aws.ec2", "AWS API Call via CloudTrail", account, detail, new AccountId(HUB));
  }

  private static VpcEvent look(String... ids) {
    return new VpcEvent.Look(java.util.Arrays.stream(ids).map(PeeringId::new).toList());
  }

  private static VpcEvent lookAtAccount() {
    return new VpcEvent.LookAtAccount(AccountLook.afterEvent(new AccountId(ACCOUNT)));
  }

  private static Map<String, Object> created(Object id) {
    Map<String, Object> detail = call("CreateVpcPeeringConnection", Map.of());
    detail.put(
        "responseElements", Map.of("vpcPeeringConnection", Map.of("vpcPeeringConnectionId", id)));
    return detail;
  }

  private static Map<String, Object> tagged(String key, String... resources) {
    List<Map<String, String>> items = new ArrayList<>();
    for (String resource : resources) {
      items.add(Map.of("resourceId", resource));
    }
    return call(
        "CreateTags",
        Map.of(
            "resourcesSet",
            Map.of("items", items),
            "tagSet",
            Map.of("items", List.of(Map.of("key", key, "value", "approve")))));
  }

  private static Map<String, Object> call(String name, Map<String, ?> parameters) {
    Map<String, Object> detail = new HashMap<>();
    detail.put("eventName", name);
    detail.put("userAgent", "console.amazonaws.com");
    detail.put("requestParameters", parameters);
    return detail;
  }
}
