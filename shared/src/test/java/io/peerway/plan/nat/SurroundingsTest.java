package io.peerway.plan.nat;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.SentCommand;
import io.peerway.model.SentCommand.Answer;
import io.peerway.model.value.Cidr;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
  private static final List<Cidr> SERVICES = Cidr.list("10.110.0.0/16 10.120.0.0/24");

  @Test
  void a_chain_in_the_way_of_everything_names_instance_table_and_chain() {
    assertThat(of(chain(null)).obstructed())
        .containsExactly(
            "VPN instance i-1: chain forward of table inet filter lets nothing of VPN clients through"
                + " (policy drop). It is not ours and was left alone: let connections of the client"
                + " pool pass there, both ways");
  }

  @Test
  void a_chain_in_the_way_of_other_services_is_none_for_this_one() {
    assertThat(of(chain(Cidr.list("10.130.0.0/16"))).stopsClients()).isFalse();
    assertThat(of(chain(Cidr.list("10.120.0.0/16"))).stopsClients()).isTrue();
  }

  @Test
  void each_network_that_is_not_pushed_comes_with_the_line_to_add() {
    Surroundings seen =
        new Surroundings(
            List.of(), 0, Cidr.list("10.120.0.0/24 10.130.0.0/16"), 2, "/etc/openvpn/server.conf");
    assertThat(of(seen).unpushed())
        .containsExactly(
            "OpenVPN on VPN instance i-1 does not push 10.120.0.0/24 to clients. Add to"
                + " /etc/openvpn/server.conf: push \"route 10.120.0.0 255.255.255.0\"");
    assertThat(seen.notPushed())
        .contains("10.130.0.0/16", "push \"route 10.120.0.0 255.255.255.0\"");
  }

  @Test
  void of_more_than_can_be_listed_every_connection_is_told_to_look() {
    Surroundings seen = new Surroundings(List.of(), 0, Cidr.list("10.1.0.0/16"), 90, "");
    assertThat(of(seen).unpushed())
        .singleElement()
        .asString()
        .contains("90 networks", "push \"route 10.110.0.0 255.255.0.0\"");
    assertThat(seen.notPushed()).contains("and 89 more");
  }

  @Test
  void what_is_not_known_says_nothing() {
    assertThat(of(Surroundings.NONE)).isEqualTo(VpnSight.CLEAR);
    assertThat(Surroundings.NONE.notPushed()).isEmpty();
  }

  @Test
  void an_instance_that_was_not_counted_is_passed_over() {
    assertThat(VpnSight.of(command(), List.of("i-2"), SERVICES, output -> Optional.of(chain(null))))
        .isEqualTo(VpnSight.CLEAR);
  }

  private static Surroundings chain(@org.jspecify.annotations.Nullable List<Cidr> only) {
    return new Surroundings(
        List.of(new ForeignChain("inet filter", "forward", "policy drop", only)),
        1,
        null,
        null,
        "");
  }

  private static VpnSight of(Surroundings seen) {
    return VpnSight.of(command(), List.of("i-1"), SERVICES, output -> Optional.of(seen));
  }

  private static SentCommand command() {
    return new SentCommand("c-1", List.of(new Answer("i-1", "Success", "")));
  }
}
