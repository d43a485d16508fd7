package io.peerway.plan.nat;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.NatSet;
import io.peerway.model.SentCommand;
import io.peerway.model.SentCommand.Answer;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.InstanceId;
import io.peerway.plan.findings.Finding;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NatDriftTest {
  private static final List<Cidr> CLIENTS = Cidr.list("172.168.0.0/24");
  private static final NatSet WANTED =
      new NatSet(CLIENTS, Cidr.list("10.110.0.0/16 10.120.0.0/24"), 2000);
  private static final SetInForce RIGHT = reading(WANTED.services());
  private static final List<InstanceId> RUNNING =
      Stream.of("i-00000001", "i-00000002", "i-00000003", "i-00000004")
          .map(InstanceId::new)
          .toList();

  @Test
  void the_wanted_set_is_no_drift() {
    assertThat(found(RIGHT)).isEmpty();
  }

  @Test
  void what_is_missing_and_what_is_too_much_is_named() {
    assertThat(found(reading(Cidr.list("10.110.0.0/16 10.9.0.0/16"))))
        .containsExactly(
            "VPN instance i-00000001: translate to [10.120.0.0/24], no longer to [10.9.0.0/16]");
    assertThat(found(reading(Cidr.list("10.110.0.0/16"))))
        .containsExactly("VPN instance i-00000001: translate to [10.120.0.0/24]");
  }

  @Test
  void a_flushed_table_is_one_line() {
    assertThat(
            found(
                new SetInForce(
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
            "VPN instance i-00000001: translate [172.168.0.0/24] to [10.110.0.0/16, 10.120.0.0/24]"
                + " (again)");
  }

  @Test
  void whether_to_send_the_set_would_take_something_away() {
    assertThat(onlyLacks(RIGHT)).isTrue();
    assertThat(onlyLacks(reading(Cidr.list("10.110.0.0/16")))).isTrue();
    assertThat(onlyLacks(reading(Cidr.list("10.9.0.0/16")))).isFalse();
    assertThat(onlyLacks(with(r -> copy(r, r.generation(), true, true, false, "missing"))))
        .isTrue();
    assertThat(onlyLacks(with(r -> copy(r, r.generation(), false, true, true, "installed"))))
        .isFalse();
    assertThat(
            onlyLacks(
                new SetInForce(
                    "report", 0, List.of(), List.of(), "", false, false, false, "missing")))
        .as("one that was never set")
        .isTrue();
    assertThat(
            onlyLacks(
                new SetInForce(
                    "report",
                    1000,
                    Cidr.list("172.168.0.0/16"),
                    WANTED.services(),
                    WANTED.servicesDigest(),
                    true,
                    true,
                    true,
                    "installed")))
        .as("other clients")
        .isFalse();
  }

  private static boolean onlyLacks(SetInForce reading) {
    return NatDrift.onlyLacks(
        WANTED,
        new SentCommand("c", List.of(new SentCommand.Answer("i-00000001", "Success", ""))),
        RUNNING,
        output -> Optional.of(reading));
  }

  @Test
  void each_part_that_is_missing_alone_is_named() {
    assertThat(found(with(r -> copy(r, r.generation(), false, true, true, "installed"))))
        .containsExactly(
            "VPN instance i-00000001: restore the table that translates, which is not as it was written");
    assertThat(found(with(r -> copy(r, r.generation(), true, false, true, "installed"))))
        .containsExactly("VPN instance i-00000001: save the set for the next boot");
    assertThat(found(with(r -> copy(r, r.generation(), true, true, false, "installed"))))
        .containsExactly("VPN instance i-00000001: switch net.ipv4.ip_forward on");
    assertThat(found(with(r -> copy(r, r.generation(), true, true, true, "missing"))))
        .containsExactly("VPN instance i-00000001: install the unit that restores the set at boot");
    assertThat(found(with(r -> copy(r, r.generation(), true, true, true, "no-systemd")))).isEmpty();
  }

  @Test
  void an_instance_that_runs_and_was_not_reached_is_unknown() {
    SentCommand command =
        new SentCommand("c-1", List.of(new Answer("i-00000001", "Success", "output")));
    assertThat(
            NatDrift.silent(
                List.of(new InstanceId("i-00000001"), new InstanceId("i-00000002")), command))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.at()).hasToString("VPN instance i-00000002");
              assertThat(finding.what()).contains("Systems Manager does not know it");
            });
    assertThat(
            NatDrift.silent(
                List.of(new InstanceId("i-00000001")), new SentCommand("c-2", List.of())))
        .isEmpty();
  }

  @Test
  void a_set_that_is_newer_than_what_was_read_is_somebody_elses_matter() {
    assertThat(found(copy(reading(List.of()), 2001, true, true, true, "installed"))).isEmpty();
    assertThat(found(copy(reading(List.of()), 2000, true, true, true, "installed"))).hasSize(1);
  }

  @Test
  void who_does_not_answer_is_unknown_and_the_others_are_judged() {
    SentCommand command =
        new SentCommand(
            "c-1",
            List.of(
                new Answer("i-00000001", "Success", "right"),
                new Answer("i-00000002", "InProgress", ""),
                new Answer("i-00000003", "Failed", "line\nno nft"),
                new Answer("i-00000004", "Success", "nonsense")));
    assertThat(NatDrift.isComplete(command, RUNNING)).isFalse();
    assertThat(
            NatDrift.of(
                WANTED,
                command,
                RUNNING,
                output -> output.equals("right") ? Optional.of(RIGHT) : Optional.empty()))
        .extracting(finding -> finding.sort() + " " + finding)
        .containsExactly(
            "UNKNOWN VPN instance i-00000002: answered as InProgress: no output",
            "UNKNOWN VPN instance i-00000003: answered as Failed: no nft",
            "UNKNOWN VPN instance i-00000004: answered as Success: nonsense");
  }

  @Test
  void an_instance_that_does_not_run_is_neither_waited_for_nor_unknown() {
    SentCommand command =
        new SentCommand(
            "c-1",
            List.of(
                new Answer("i-00000001", "Success", ""),
                new Answer("i-00000002", "Delayed", ""),
                new Answer("i-00000003", "TimedOut", "")));
    List<InstanceId> running = List.of(new InstanceId("i-00000001"));
    assertThat(NatDrift.isComplete(command, running)).isTrue();
    assertThat(NatDrift.of(WANTED, command, running, output -> Optional.of(RIGHT))).isEmpty();
    assertThat(NatDrift.silent(running, command)).isEmpty();
  }

  @Test
  void stopped_instances_alone_are_not_waited_for_and_told() {
    SentCommand command = new SentCommand("c-1", List.of(new Answer("i-00000001", "Delayed", "")));
    assertThat(NatDrift.isComplete(command, List.of())).isTrue();
    assertThat(NatDrift.of(WANTED, command, List.of(), output -> Optional.empty()))
        .extracting(Finding::toString)
        .containsExactly("VPN instances: none of them runs");
  }

  @Test
  void an_instance_that_runs_and_is_not_listed_yet_is_waited_for() {
    SentCommand command = new SentCommand("c-1", List.of(new Answer("i-00000005", "Delayed", "")));
    assertThat(NatDrift.isComplete(command, RUNNING)).isFalse();
  }

  @Test
  void nobody_at_all_is_unknown_too() {
    SentCommand command = new SentCommand("c-1", List.of());
    assertThat(NatDrift.isComplete(command, RUNNING)).isFalse();
    assertThat(NatDrift.of(WANTED, command, RUNNING, output -> Optional.empty()))
        .extracting(Finding::sort)
        .containsExactly(Finding.Sort.UNKNOWN);
  }

  private static List<String> found(SetInForce reading) {
    SentCommand command = new SentCommand("c-1", List.of(new Answer("i-00000001", "Success", "")));
    assertThat(NatDrift.isComplete(command, RUNNING)).isTrue();
    return NatDrift.of(WANTED, command, RUNNING, output -> Optional.of(reading)).stream()
        .map(Finding::toString)
        .toList();
  }

  private static SetInForce with(UnaryOperator<SetInForce> change) {
    return change.apply(RIGHT);
  }

  private static SetInForce reading(List<Cidr> services) {
    String digest = new NatSet(CLIENTS, services, 0).servicesDigest();
    return new SetInForce("report", 1000, CLIENTS, services, digest, true, true, true, "installed");
  }

  private static SetInForce copy(
      SetInForce of, long generation, boolean rules, boolean saved, boolean forward, String boot) {
    return new SetInForce(
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
