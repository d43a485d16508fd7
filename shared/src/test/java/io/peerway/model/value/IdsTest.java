package io.peerway.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdsTest {

  static Stream<Arguments> ids() {
    return Stream.of(
        id("account", AccountId::new, "123456789012", "12345678901", "1234567890123"),
        id(
            "peering",
            PeeringId::new,
            "pcx-0a1b2c3d",
            "pcx-0a1b2c3",
            "pcx-0A1B2C3D",
            "vpc-0a1b2c3d"),
        id("vpc", VpcId::new, "vpc-0123456789abcdef0", "vpc-0123456789abcdef01", "pcx-0a1b2c3d"),
        id("table", RouteTableId::new, "rtb-0a1b2c3d", "rtb-", "rtb-0a1b2c3g"),
        id("group", SecurityGroupId::new, "sg-0a1b2c3d", "sg-0a1b2c3", "sgr-0a1b2c3d"),
        id("list", PrefixListId::new, "pl-0a1b2c3d", "pl-0a1b2c3", "PL-0a1b2c3d"),
        id("instance", InstanceId::new, "i-0a1b2c3d", "i-0a1b2c3", "eni-0a1b2c3d"),
        id("region", Region::new, "eu-west-1", "eu-west", "EU-WEST-1", "eu-west-1a"),
        id("region", Region::new, "us-gov-west-1", "us_gov_west_1"));
  }

  private static Arguments id(
      String what, Function<String, Object> parse, String good, String... bad) {
    return Arguments.of(what, parse, good, List.of(bad));
  }

  @ParameterizedTest(name = "{0}: {2}, not {3}")
  @MethodSource("ids")
  void an_id_checks_itself(
      String what, Function<String, Object> parse, String good, List<String> bad) {
    assertThat(parse.apply(good)).hasToString(good);
    for (String wrong : bad) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> parse.apply(wrong))
          .withMessageContaining(wrong);
    }
  }

  @Test
  void a_subject_is_read_from_what_it_prints() {
    for (Subject subject :
        List.of(
            new AllConnections(), new AccountId("123456789012"), new PeeringId("pcx-0a1b2c3d"))) {
      assertThat(Subject.of(subject.toString())).isEqualTo(subject);
      assertThat(subject).hasToString(subject.value());
    }
  }

  @Test
  void ids_are_sorted_as_text() {
    assertSorted(new AccountId("012345678901"), new AccountId("123456789012"));
    assertSorted(new PeeringId("pcx-00000009"), new PeeringId("pcx-0000000a"));
    assertSorted(new VpcId("vpc-00000009"), new VpcId("vpc-0000000a"));
    assertSorted(new RouteTableId("rtb-00000009"), new RouteTableId("rtb-0000000a"));
    assertSorted(new SecurityGroupId("sg-00000009"), new SecurityGroupId("sg-0000000a"));
    assertSorted(new PrefixListId("pl-00000009"), new PrefixListId("pl-0000000a"));
    assertSorted(new InstanceId("i-00000009"), new InstanceId("i-0000000a"));
    assertSorted(new Region("eu-central-1"), new Region("eu-west-1"));
  }

  private static <T extends Comparable<T>> void assertSorted(T first, T second) {
    assertThat(Stream.of(second, first).sorted()).containsExactly(first, second);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ids")
  void nothing_may_stand_around_an_id(
      String what, Function<String, Object> parse, String good, List<String> bad) {
    for (String around : List.of("", " ", good + " ", " " + good, good + "\n", good + "\",\"x")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> parse.apply(around))
          .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("\\p{Cc}"));
    }
  }
}
