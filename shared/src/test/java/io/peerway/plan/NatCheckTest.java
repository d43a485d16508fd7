package io.peerway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.Cidr;
import io.peerway.model.NatCommand;
import io.peerway.model.NatCommand.Answer;
import io.peerway.model.NatSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class NatCheckTest {
  private static final List<Cidr> CLIENTS = Cidr.list("172.168.0.0/24");
  private static final NatSet WANTED =
      new NatSet(CLIENTS, Cidr.list("10.110.0.0/16 10.120.0.0/24"), 2000);
  private static final NatReading RIGHT = reading(WANTED.services());

  @Test
  void the_wanted_set_is_no_drift() {
    assertThat(found(RIGHT)).isEmpty();
  }

  @Test
  void what_is_missing_and_what_is_too_much_is_named() {
    assertThat(found(reading(Cidr.list("10.110.0.0/16 10.9.0.0/16"))))
        .containsExactly(
            "VPN instance i-1: translate to [10.120.0.0/24], no longer to [10.9.0.0/16]");
    assertThat(found(reading(Cidr.list("10.110.0.0/16"))))
        .containsExactly("VPN instance i-1: translate to [10.120.0.0/24]");
  }

  @Test
  void a_flushed_table_is_one_line() {
    assertThat(
            found(
                new NatReading(
                    "report",
                    1000,
                    List.of(),
                    List.of(),
                    new NatSet(List.of(), List.of(), 0).servicesDigest(),
                    false,
                    false,
                    true,
                    "installed")))
        .containsExactly(
            "VPN instance i-1: translate [172.168.0.0/24] to [10.110.0.0/16, 10.120.0.0/24]"
                + " (again)");
  }

  @Test
  void each_part_that_is_missing_alone_is_named() {
    assertThat(found(with(r -> copy(r, r.generation(), false, true, true, "installed"))))
        .containsExactly("VPN instance i-1: restore the rules that translate");
    assertThat(found(with(r -> copy(r, r.generation(), true, false, true, "installed"))))
        .containsExactly("VPN instance i-1: save the set for the next boot");
    assertThat(found(with(r -> copy(r, r.generation(), true, true, false, "installed"))))
        .containsExactly("VPN instance i-1: switch net.ipv4.ip_forward on");
    assertThat(found(with(r -> copy(r, r.generation(), true, true, true, "missing"))))
        .containsExactly("VPN instance i-1: install the unit that restores the set at boot");
    assertThat(found(with(r -> copy(r, r.generation(), true, true, true, "no-systemd")))).isEmpty();
  }

  @Test
  void a_set_that_is_newer_than_what_was_read_is_somebody_elses_matter() {
    assertThat(found(copy(reading(List.of()), 2001, true, true, true, "installed"))).isEmpty();
    assertThat(found(copy(reading(List.of()), 2000, true, true, true, "installed"))).hasSize(1);
  }

  @Test
  void who_does_not_answer_is_unknown_and_the_others_are_judged() {
    NatCommand command =
        new NatCommand(
            "c-1",
            List.of(
                new Answer("i-1", "Success", "right"),
                new Answer("i-2", "InProgress", ""),
                new Answer("i-3", "Failed", "line\nno nft"),
                new Answer("i-4", "Success", "nonsense")));
    assertThat(NatCheck.isComplete(command)).isFalse();
    assertThat(
            NatCheck.of(
                WANTED,
                command,
                output -> output.equals("right") ? Optional.of(RIGHT) : Optional.empty()))
        .extracting(finding -> finding.sort() + " " + finding)
        .containsExactly(
            "UNKNOWN VPN instance i-2: answered as InProgress: no output",
            "UNKNOWN VPN instance i-3: answered as Failed: no nft",
            "UNKNOWN VPN instance i-4: answered as Success: nonsense");
  }

  @Test
  void nobody_at_all_is_unknown_too() {
    NatCommand command = new NatCommand("c-1", List.of());
    assertThat(NatCheck.isComplete(command)).isFalse();
    assertThat(NatCheck.of(WANTED, command, output -> Optional.empty()))
        .extracting(Finding::sort)
        .containsExactly(Finding.Sort.UNKNOWN);
  }

  private static List<String> found(NatReading reading) {
    NatCommand command = new NatCommand("c-1", List.of(new Answer("i-1", "Success", "")));
    assertThat(NatCheck.isComplete(command)).isTrue();
    return NatCheck.of(WANTED, command, output -> Optional.of(reading)).stream()
        .map(Finding::toString)
        .toList();
  }

  private static NatReading with(UnaryOperator<NatReading> change) {
    return change.apply(RIGHT);
  }

  private static NatReading reading(List<Cidr> services) {
    String digest = new NatSet(CLIENTS, services, 0).servicesDigest();
    return new NatReading("report", 1000, CLIENTS, services, digest, true, true, true, "installed");
  }

  private static NatReading copy(
      NatReading of, long generation, boolean rules, boolean saved, boolean forward, String boot) {
    return new NatReading(
        of.outcome(),
        generation,
        of.clients(),
        of.services(),
        of.servicesDigest(),
        rules,
        saved,
        forward,
        boot);
  }
}
