package io.peerway.plan.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.error.MalformedEvent;
import io.peerway.model.value.AccountId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * Events of any shape, put together from the fields that are looked at and values of every kind.
 */
@Label("An event of any shape")
class VpcEventProperties {

  private static final String SOURCE = "aws.ec2";
  private static final String TYPE = "AWS API Call via CloudTrail";
  private static final String SERVICE = "210987654321";
  private static final AccountId HUB = new AccountId("123456789012");

  private static final List<String> FIELDS =
      List.of(
          "eventName",
          "errorCode",
          "userAgent",
          "requestParameters",
          "responseElements",
          "vpcPeeringConnection",
          "vpcPeeringConnectionId",
          "vpcId",
          "resourcesSet",
          "tagSet",
          "tagSpecificationSet",
          "tags",
          "items",
          "resourceId",
          "key");

  private static final List<String> EVENTS =
      List.of(
          "CreateVpcPeeringConnection",
          "AcceptVpcPeeringConnection",
          "DeleteVpcPeeringConnection",
          "CreateTags",
          "DeleteTags",
          "CreateVpc",
          "CreateSecurityGroup",
          "DeleteVpc",
          "AssociateVpcCidrBlock",
          "CreateRouteTable");

  private static final List<String> VALUES =
      List.of(
          "peerway:connect",
          "peerway:allow",
          "peerway:decision",
          "peerway:decision",
          "pcx-0a1b2c3d4e5f60718",
          "pcx-0a1b2c3d",
          "vpc-0a1b2c3d",
          "pcx-\u202e\n",
          "pcx-" + "0".repeat(10_000),
          "");

  @Property
  @Label("is looked into or ignored, where a service account has sent it")
  void a_service_account(@ForAll long seed, @ForAll String text) {
    assertReads(VpcEvent.of(SOURCE, TYPE, SERVICE, detail(seed, text), HUB), SERVICE);
  }

  @Property
  @Label("is looked into, ignored or malformed, where the hub account or nobody known has")
  void others(@ForAll long seed, @ForAll String text) {
    String account = seed % 2 == 0 ? HUB.value() : text;
    try {
      assertReads(VpcEvent.of(SOURCE, TYPE, account, detail(seed, text), HUB), account);
    } catch (MalformedEvent e) {
      assertOneShortLine(e.getMessage());
    }
  }

  private static Map<String, Object> detail(long seed, String text) {
    Random random = new Random(seed);
    Map<String, Object> detail = level(random, 5);
    detail.put("eventName", EVENTS.get(random.nextInt(EVENTS.size())));
    detail.put("userAgent", text);
    if (random.nextInt(10) > 0) {
      detail.remove("errorCode");
    }
    return detail;
  }

  private static void assertReads(VpcEvent event, String account) {
    switch (event) {
      case VpcEvent.Look look ->
          assertThat(look.at())
              .isNotEmpty()
              .doesNotHaveDuplicates()
              .allMatch(id -> id.value().matches("pcx-[0-9a-f]{8,17}"));
      case VpcEvent.Ended ended -> assertThat(ended.at().value()).matches("pcx-[0-9a-f]{8,17}");
      case VpcEvent.LookAtAccount look ->
          // Never one that the detail names: that is only somebody's word.
          assertThat(look.look().accountId().value()).isEqualTo(account);
      case VpcEvent.Ignored ignored -> assertOneShortLine(ignored.reason());
    }
  }

  @Property
  @Label("from anywhere else is ignored")
  void other_sources_are_ignored(@ForAll String source, @ForAll String detailType) {
    VpcEvent read =
        VpcEvent.of(source, detailType, SERVICE, Map.of("eventName", "CreateTags"), HUB);
    assertThat(read)
        .isInstanceOfSatisfying(
            VpcEvent.Ignored.class, ignored -> assertOneShortLine(ignored.reason()));
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
      case 0 -> random.nextInt();
      case 1 -> random.nextBoolean() ? null : random.nextBoolean();
      case 2, 3 -> VALUES.get(random.nextInt(VALUES.size()));
      case 4, 5 -> java.util.Arrays.asList(value(random, deeper - 1), value(random, deeper - 1));
      default -> level(random, deeper - 1);
    };
  }
}
