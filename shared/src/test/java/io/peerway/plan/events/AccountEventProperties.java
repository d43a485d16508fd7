package io.peerway.plan.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.error.MalformedEvent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Events put together from the fields that are looked at and values of every kind. */
@Label("An event about accounts, of any shape")
class AccountEventProperties {

  private static final List<String> EVENTS =
      List.of(
          "CreateAccountResult",
          "CreateManagedAccount",
          "UpdateManagedAccount",
          "CloseAccountResult",
          "AccountJoinedOrganization",
          "AccountDepartedOrganization",
          "MoveAccount",
          "RemoveAccountFromOrganization",
          "CloseAccount");

  private static final List<String> FIELDS =
      List.of(
          "serviceEventDetails",
          "requestParameters",
          "createAccountStatus",
          "createManagedAccountStatus",
          "updateManagedAccountStatus",
          "closeAccountStatus",
          "account",
          "accountId",
          "accountId",
          "state",
          "failureReason");

  private static final List<String> VALUES =
      List.of(
          "210987654321",
          "345678901234",
          "FAILED",
          "SUCCEEDED",
          "21098765432\u202e\n",
          "9".repeat(10_000),
          "");

  @Property(tries = 3000)
  @Label("is looked into, ignored or malformed, and nothing else happens")
  void reads_or_refuses(@ForAll long seed, @ForAll String text) {
    Random random = new Random(seed);
    Map<String, Object> detail = level(random, 4);
    detail.put("eventName", random.nextInt(9) > 0 ? EVENTS.get(random.nextInt(9)) : text);
    if (random.nextInt(10) == 0) {
      detail.put("errorCode", text);
    }
    String source = random.nextBoolean() ? "aws.organizations" : "aws.controltower";
    try {
      switch (AccountEvent.of(source, detail)) {
        case AccountEvent.Look look -> {
          assertThat(detail).doesNotContainKey("errorCode");
          assertThat(look.look().accountId().value()).isIn("210987654321", "345678901234");
        }
        case AccountEvent.Ignored ignored -> assertOneShortLine(ignored.reason());
      }
    } catch (MalformedEvent e) {
      assertOneShortLine(e.getMessage());
    }
  }

  @Property
  @Label("from anywhere else is ignored")
  void other_sources_are_ignored(@ForAll String source) {
    assertThat(AccountEvent.of(source, Map.of("eventName", "MoveAccount")))
        .isInstanceOfSatisfying(
            AccountEvent.Ignored.class, ignored -> assertOneShortLine(ignored.reason()));
  }

  private static void assertOneShortLine(String text) {
    assertThat(text).hasSizeLessThan(300).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
  }

  /** A tree of the fields above; its shape follows from one number, so that a failure repeats. */
  private static Map<String, Object> level(Random random, int deeper) {
    Map<String, Object> map = new HashMap<>();
    for (String field : FIELDS) {
      if (random.nextInt(3) > 0) {
        map.put(field, value(random, deeper));
      }
    }
    return map;
  }

  private static @Nullable Object value(Random random, int deeper) {
    return switch (random.nextInt(deeper > 0 ? 9 : 4)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextBoolean() ? null : random.nextBoolean();
      case 2, 3 -> VALUES.get(random.nextInt(VALUES.size()));
      case 4 -> Arrays.asList(value(random, deeper - 1), value(random, deeper - 1));
      default -> level(random, deeper - 1);
    };
  }
}
