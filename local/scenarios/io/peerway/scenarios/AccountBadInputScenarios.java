package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What accounts send and have that cannot be served: a name for each, and nothing changed. */
@ExtendWith(RigExtension.class)
@DisplayName("Bad input about accounts")
final class AccountBadInputScenarios {
  private final Rig rig;

  AccountBadInputScenarios(Rig rig) {
    this.rig = rig;
  }

  @Test
  @DisplayName(
      "an event about an account that nobody knows is refused by its id, and changes nothing")
  void unknownAccount() {
    int before = rig.sight().lastCall();

    rig.events().emit(created(Map.of("state", "SUCCEEDED", "accountId", "999999999999")));

    assertThat(rig.executions().lastOf("LookAtAccountStateMachineArn", "999999999999", 1).status())
        .isEqualTo("SUCCEEDED");
    assertThat(told("999999999999"))
        .contains("may not connect", "is not a member of organisation " + organisation());
    assertNothingChanged(before);
  }

  @Test
  @DisplayName("an account that could not be created is told with the reason, and starts nothing")
  void notCreated() {
    int executions = rig.executions().ever();

    rig.events()
        .emit(
            created(
                Map.of(
                    "state",
                    "FAILED",
                    "id",
                    "car-0123456789abcdef",
                    "failureReason",
                    "EMAIL_ALREADY_EXISTS")));

    assertThat(told("car-0123456789abcdef")).contains("EMAIL_ALREADY_EXISTS");
    assertThat(rig.executions().ever()).isEqualTo(executions);
  }

  @Test
  @DisplayName("an account that Control Tower could not enrol is told with the reason, too")
  void notEnrolled() {
    int executions = rig.executions().ever();

    rig.events()
        .emit(
            Events.envelope(
                "aws.controltower",
                "AWS Service Event via CloudTrail",
                Map.of(
                    "eventName",
                    "CreateManagedAccount",
                    "serviceEventDetails",
                    Map.of(
                        "createManagedAccountStatus",
                        Map.of(
                            "state",
                            "FAILED",
                            "message",
                            "AWS Control Tower failed to create a managed account.",
                            "account",
                            Map.of("accountName", "never-enrolled"))))));

    assertThat(told("never-enrolled"))
        .contains("AWS Control Tower failed to create a managed account.");
    assertThat(rig.executions().ever()).isEqualTo(executions);
  }

  @Test
  @DisplayName("an account whose role never comes is given up after a day and told, unchanged")
  void roleNeverComes() {
    // Nothing looks at it but this execution, of which all but the last of its looks are over.
    Service[] made = new Service[1];
    rig.events().unseen(() -> made[0] = rig.service(Map.of("stack", false, "instance", false)));
    String account = made[0].account();
    int before = rig.sight().lastCall();

    EndedExecution given =
        rig.executions()
            .start(
                "LookAtAccountStateMachineArn",
                account,
                Map.of("accountId", account, "survey", Map.of("attempt", 100)));

    assertThat(given.status()).isEqualTo("SUCCEEDED");
    assertThat(told(account))
        .contains("account " + account + " cannot be entered", "stacks/service-account.yaml");
    assertNothingChanged(before);
  }

  @Test
  @DisplayName(
      "an account is created in the root, which is not told; moved to a unit outside the allowed ones it"
          + " is told once with both, and not entered")
  void outsideTheUnits() {
    Service service = rig.service(Map.of("in_unit", false, "instance", false));
    rig.events().quiet(service);
    assertThat(rig.sight().told(service.account())).isEmpty();

    String root = rig.organizations().listRoots(r -> {}).roots().getFirst().id();
    String unit =
        rig.organizations()
            .createOrganizationalUnit(r -> r.parentId(root).name(service.name()))
            .organizationalUnit()
            .id();
    rig.organizations()
        .moveAccount(
            r -> r.accountId(service.account()).sourceParentId(root).destinationParentId(unit));

    assertThat(told(service.account()))
        .contains("may not connect", unit, "none of the allowed units");
    rig.events().quiet(service);
    assertThat(rig.sight().told(service.account())).hasSize(1);
    assertThat(rig.sight().peeringsOf(service)).isEmpty();
  }

  @ParameterizedTest(name = "an event about account \"{0}\" is kept and starts nothing")
  @ValueSource(strings = {"12", "21098765432x", "210987654321\n", "arn:aws:iam::210987654321:root"})
  void malformedAccount(String account) {
    int executions = rig.executions().ever();
    Map<String, Object> event = created(Map.of("state", "SUCCEEDED", "accountId", account));

    rig.events().emit(event);

    assertThat(rig.events().inDeadLetterQueue(event)).contains("createAccountStatus");
    assertThat(rig.executions().ever()).isEqualTo(executions);
  }

  @Test
  @DisplayName("an event that names a VPC of another account is refused by the VPC's id")
  void vpcOfAnotherAccount() {
    Service one = rig.service(Map.of("instance", false));
    Service other = rig.service(Map.of("instance", false));
    int before = rig.sight().lastCall();

    rig.events()
        .emit(
            Events.of(
                one.account(),
                Map.of(
                    "eventSource",
                    "ec2.amazonaws.com",
                    "eventName",
                    "CreateTags",
                    "requestParameters",
                    Map.of(
                        "resourcesSet",
                        Map.of("items", List.of(Map.of("resourceId", other.id()))),
                        "tagSet",
                        Map.of(
                            "items",
                            List.of(Map.of("key", "peerway:connect", "value", "true")))))));

    assertThat(told(other.id())).contains("refused", one.account(), "has no such VPC");
    assertThat(rig.sight().peeringsOf(other)).isEmpty();
    assertNothingChanged(before);
  }

  @Test
  @DisplayName("a tag with another value than true connects nothing and is told")
  void anotherValue() {
    Service service = rig.service();

    rig.ec2(service.account())
        .createTags(
            r ->
                r.resources(service.id())
                    .tags(Tag.builder().key("peerway:connect").value("True").build()));

    assertThat(told(service.id())).contains("has the value True", "only the exact word true");
    assertThat(rig.sight().peeringsOf(service)).isEmpty();
  }

  @Test
  @DisplayName("a VPC that overlaps another one of its account is refused and names it")
  void overlapsItsOwn() {
    Service first = rig.service();
    rig.people().connectByTag(first);
    Service second =
        rig.service(Map.of("account", first.account(), "cidr", first.cidr(), "instance", false));
    rig.people().tag(second);

    assertThat(told(second.id())).contains(first.cidr(), first.id(), "in the same account");
    assertThat(rig.sight().peeringsOf(second)).isEmpty();
    assertThat(rig.lab().ssh(first, "hostname").stdout()).contains(first.name());
  }

  /** What people were told about it, once they were. */
  private String told(String subject) {
    return Rig.eventually(
        "what is told of " + subject,
        () ->
            Optional.of(String.join("\n", rig.sight().told(subject)))
                .filter(text -> !text.isEmpty()));
  }

  private void assertNothingChanged(int before) {
    assertThat(rig.sight().callsSince(before))
        .filteredOn(call -> call.function() != null && call.mutating())
        .isEmpty();
  }

  private String organisation() {
    return rig.organizations().describeOrganization().organization().id();
  }

  private static Map<String, Object> created(Map<String, ?> status) {
    return Events.envelope(
        "aws.organizations",
        "AWS Service Event via CloudTrail",
        Map.of(
            "eventName",
            "CreateAccountResult",
            "serviceEventDetails",
            Map.of("createAccountStatus", status)));
  }
}
