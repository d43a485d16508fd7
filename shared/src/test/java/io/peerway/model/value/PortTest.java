package io.peerway.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"tcp/1", "tcp/22", "udp/53", "tcp/65535", "tcp/8000-8100", "udp/1-65535", "icmp"})
  void is_written_as_it_is_read(String text) {
    assertThat(Port.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "22",
        "tcp",
        "tcp/",
        "tcp/0",
        "tcp/65536",
        "TCP/22",
        "tcp/22 ",
        "tcp/22\n",
        "tcp/٢٢",
        "tcp/22-",
        "tcp/-22",
        "tcp/22-21",
        "tcp/0-22",
        "tcp/22-65536",
        "tcp/22-99999999999",
        "tcp/22--23",
        "tcp/22-23-24",
        "tcp/*",
        "-1",
        "all",
        "icmp/8",
        "icmp-1",
        "ICMP",
        "icmpv6"
      })
  void refuses_anything_else(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Port.parse(text));
  }

  @Test
  void a_range_of_one_port_is_that_port() {
    assertThat(Port.parse("tcp/22-22")).isEqualTo(Port.parse("tcp/22")).hasToString("tcp/22");
    assertThat(Port.parse("tcp/00022")).isEqualTo(Port.parse("tcp/22"));
  }

  @Test
  void a_range_and_a_port_in_it_are_two_openings() {
    assertThat(Port.list("tcp/1-100,tcp/22,tcp/22-30,udp/22"))
        .hasToString("[tcp/1-100, tcp/22, tcp/22-30, udp/22]");
  }

  @Test
  void a_list_names_each_port_once() {
    assertThat(Port.list("tcp/22, udp/53\ntcp/22 icmp,icmp")).hasToString("[tcp/22, udp/53, icmp]");
    assertThat(Port.list(" , ")).isEmpty();
    assertThat(Port.list("")).isEmpty();
    assertThat(Port.list(",tcp/22")).hasToString("[tcp/22]");
  }
}
