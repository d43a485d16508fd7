package io.peerway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortTest {

  @ParameterizedTest
  @ValueSource(strings = {"tcp/1", "tcp/22", "udp/53", "tcp/65535"})
  void is_written_as_it_is_read(String text) {
    assertThat(Port.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "22", "tcp", "tcp/", "tcp/0", "tcp/65536", "TCP/22", "icmp/8", "tcp/22-23"})
  void refuses_anything_else(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Port.parse(text));
  }

  @Test
  void a_list_names_each_port_once() {
    assertThat(Port.list("tcp/22, udp/53\ntcp/22")).hasToString("[tcp/22, udp/53]");
    assertThat(Port.list(" , ")).isEmpty();
  }
}
