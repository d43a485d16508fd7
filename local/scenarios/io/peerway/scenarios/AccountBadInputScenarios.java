package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
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
  @DisplayName("an event about an account that nobody knows ends without a change")
  void unknownAccount() {
    int before = rig.lastCall();

    rig.emit(
        Events.envelope(
            "aws.organizations",
            "AWS Service Event via CloudTrail",
            Map.of(
                "eventName",
                "CreateAccountResult",
                "serviceEventDetails",
                Map.of(
                    "createAccountStatus",
                    Map.of("state", "SUCCEEDED", "accountId", "999999999999")))));

    assertThat(rig.lastOf("OnboardAccountStateMachineArn", "999999999999", 1).status())
        .isEqualTo("SUCCEEDED");
    assertThat(rig.callsSince(before))
        .filteredOn(call -> call.function() != null && call.mutating())
        .isEmpty();
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

    assertThat(told(service)).contains("has the value True", "only the exact word true");
    assertThat(rig.peeringsOf(service)).isEmpty();
  }

  @Test
  @DisplayName("a VPC that overlaps another one of its account is refused and names it")
  void overlapsItsOwn() {
    Service first = rig.service();
    rig.connectByTag(first);
    Service second =
        rig.service(Map.of("account", first.account(), "cidr", first.cidr(), "instance", false));
    rig.tag(second);

    assertThat(told(second)).contains(first.cidr(), first.id(), "in the same account");
    assertThat(rig.peeringsOf(second)).isEmpty();
    assertThat(rig.ssh(first, "hostname").stdout()).contains(first.name());
  }

  private String told(Service service) {
    return Rig.eventually(
        "what is told of " + service.id(),
        () ->
            Optional.of(String.join("\n", rig.told(service.id())))
                .filter(text -> text.contains("refused")));
  }
}
