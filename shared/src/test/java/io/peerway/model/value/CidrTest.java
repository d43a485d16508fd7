package io.peerway.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0/0",
        "10.110.0.0/16",
        "172.168.0.0/24",
        "10.0.0.1/32",
        "128.0.0.0/1",
        "255.255.255.255/32"
      })
  void takes_what_a_route_table_shows(String text) {
    assertThat(new Cidr(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/08",
        "010.0.0.0/8",
        "10.0.0/8",
        "10/8",
        "256.0.0.0/8",
        "10.0.0.0/255.0.0.0",
        " 10.0.0.0/8",
        "10.0.0.0/8\n",
        "0x0a.0.0.0/8",
        "10.0.*.0/24",
        "10.0.0.0-10.0.0.255",
        "::/0",
        "example.org/24"
      })
  void refuses_what_is_no_prefix_or_written_another_way(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cidr(text))
        .withMessageContaining("IPv4 CIDR")
        .withMessageContaining(Printable.shortened(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.110.0.1/16", "10.0.0.1/31", "1.0.0.0/0", "10.128.0.0/8"})
  void refuses_host_bits(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Cidr(text));
  }

  @Test
  void two_halves_become_one_prefix() {
    assertThat(Cidr.cover(list("10.111.0.0/16 10.110.0.0/16"))).isEqualTo(list("10.110.0.0/15"));
  }

  @Test
  void neighbours_that_are_not_halves_of_one_prefix_stay_two() {
    assertThat(Cidr.cover(list("10.111.0.0/16 10.112.0.0/16")))
        .isEqualTo(list("10.111.0.0/16 10.112.0.0/16"));
  }

  @Test
  void the_whole_of_ipv4_is_one_prefix() {
    assertThat(Cidr.cover(list("128.0.0.0/1 0.0.0.0/1"))).isEqualTo(list("0.0.0.0/0"));
  }

  @Test
  void nothing_is_covered_by_nothing() {
    assertThat(Cidr.cover(List.of())).isEmpty();
  }

  @Test
  void sorts_by_address_and_the_larger_prefix_first() {
    assertThat(list("200.0.0.0/8 10.0.0.0/16 9.0.0.0/8 10.0.0.0/8").stream().sorted())
        .isEqualTo(list("9.0.0.0/8 10.0.0.0/8 10.0.0.0/16 200.0.0.0/8"));
  }

  @Test
  void a_list_is_written_with_commas_or_white_space() {
    assertThat(Cidr.list(" 10.0.0.0/8,\n192.168.0.0/16 "))
        .containsExactly(new Cidr("10.0.0.0/8"), new Cidr("192.168.0.0/16"));
    assertThat(Cidr.list(" ")).isEmpty();
  }

  private static List<Cidr> list(String text) {
    return Cidr.list(text);
  }
}
