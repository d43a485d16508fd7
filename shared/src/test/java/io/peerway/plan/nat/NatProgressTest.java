package io.peerway.plan.nat;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.SentCommand;
import io.peerway.model.SentCommand.Answer;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.InstanceId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NatProgressTest {

  private static final List<Cidr> POOL = Cidr.list("172.168.0.0/24");
  private static final List<Cidr> SERVICES = Cidr.list("10.110.0.0/16");

  // What a test's instances print, and what it means.
  private static final Map<String, AppliedSet> REPORTS =
      Map.of(
          "wide", new AppliedSet("applied", POOL, Cidr.list("10.110.0.0/15"), "digest"),
          "other", new AppliedSet("superseded", POOL, Cidr.list("10.111.0.0/16"), "another"),
          "long", new AppliedSet("applied", POOL, null, "digest"),
          "newer and long", new AppliedSet("superseded", POOL, null, "another"),
          "no clients", new AppliedSet("applied", List.of(), SERVICES, "digest"));

  @Test
  void nothing_listed_yet_is_pending() {
    assertThat(of()).isEqualTo(new NatProgress.Pending());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pending", "InProgress", "Delayed", "Cancelling"})
  void one_instance_underway_is_pending(String status) {
    assertThat(of(answer("i-00000001", "Success", "wide"), answer("i-00000002", status, "")))
        .isEqualTo(new NatProgress.Pending());
  }

  @Test
  void every_instance_that_translates_a_wider_set_has_applied_it() {
    assertThat(of(answer("i-00000002", "Success", "wide"), answer("i-00000001", "Success", "wide")))
        .isEqualTo(new NatProgress.Applied(List.of("i-00000001", "i-00000002")));
  }

  @Test
  void a_list_too_long_to_print_is_known_by_its_digest() {
    assertThat(of(answer("i-00000001", "Success", "long")))
        .isEqualTo(new NatProgress.Applied(List.of("i-00000001")));
  }

  @Test
  void a_newer_set_too_long_to_print_asks_for_the_set_of_now() {
    assertThat(of(answer("i-00000001", "Success", "newer and long")))
        .isEqualTo(new NatProgress.SendAgain());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Failed", "TimedOut", "Cancelled", "AStatusOfTomorrow"})
  void an_instance_that_ended_otherwise_has_failed(String status) {
    assertThat(of(answer("i-00000001", status, "line 1\nnft: \u001b[31mno such file\n")))
        .isEqualTo(
            new NatProgress.Failed("i-00000001 ended as " + status + ": nft: ?[31mno such file"));
  }

  @Test
  void success_without_a_report_is_a_failure() {
    assertThat(of(answer("i-00000001", "Success", "")))
        .isEqualTo(new NatProgress.Failed("i-00000001 ended as Success: no output"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"other", "no clients"})
  void a_set_that_lacks_ours_is_a_failure_with_both_sets(String report) {
    assertThat(of(answer("i-00000001", "Success", report)))
        .isInstanceOfSatisfying(
            NatProgress.Failed.class,
            failed ->
                assertThat(failed.reason())
                    .contains("does not cover")
                    .contains("172.168.0.0/24")
                    .contains("10.110.0.0/16"));
  }

  @Test
  void a_stopped_instance_is_not_waited_for() {
    assertThat(
            of(
                running(1),
                answer("i-00000001", "Success", "wide"),
                answer("i-00000002", "Delayed", "")))
        .isEqualTo(new NatProgress.Applied(List.of("i-00000001")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TimedOut", "Failed", "Cancelled"})
  void an_instance_that_is_stopped_or_lies_elsewhere_fails_nothing(String status) {
    assertThat(
            of(
                running(1),
                answer("i-00000002", status, ""),
                answer("i-00000001", "Success", "wide")))
        .isEqualTo(new NatProgress.Applied(List.of("i-00000001")));
    assertThat(
            of(
                running(1),
                answer("i-00000002", status, ""),
                answer("i-00000001", "Success", "newer and long")))
        .isEqualTo(new NatProgress.SendAgain());
  }

  @Test
  void an_instance_that_runs_and_failed_has_failed_whatever_the_stopped_one_says() {
    assertThat(
            of(
                running(1),
                answer("i-00000001", "Failed", "no nft"),
                answer("i-00000002", "Success", "wide"),
                answer("i-00000003", "TimedOut", "")))
        .isEqualTo(new NatProgress.Failed("i-00000001 ended as Failed: no nft"));
  }

  @Test
  void an_instance_that_runs_is_waited_for() {
    assertThat(
            of(
                running(1),
                answer("i-00000001", "InProgress", ""),
                answer("i-00000002", "TimedOut", "")))
        .isEqualTo(new NatProgress.Pending());
  }

  @Test
  void an_answer_of_none_that_runs_is_a_failure_once_none_can_start_any_more() {
    assertThat(
            of(
                running(),
                answer("i-00000001", "Success", "wide"),
                answer("i-00000002", "Delayed", "")))
        .isEqualTo(new NatProgress.Pending());
    assertThat(
            of(
                running(3),
                answer("i-00000002", "TimedOut", ""),
                answer("i-00000001", "TimedOut", "")))
        .isEqualTo(
            new NatProgress.Failed(
                "i-00000001, i-00000002: none of those that were asked runs in the hub VPC"));
  }

  @Test
  void where_no_instance_runs_a_connection_can_end_and_none_can_begin() {
    Answer stopped = answer("i-00000001", "TimedOut", "");
    assertThat(ofEnd(running(), stopped)).isEqualTo(new NatProgress.Applied(List.of()));
    assertThat(of(running(), stopped)).isInstanceOf(NatProgress.Failed.class);
    // One that runs and was not asked has the old set.
    assertThat(ofEnd(running(3), stopped)).isInstanceOf(NatProgress.Failed.class);
  }

  @Test
  void who_runs_is_asked_for_only_where_it_matters() {
    Supplier<Set<InstanceId>> never =
        () -> {
          throw new AssertionError("asked who runs");
        };
    assertThat(of(never)).isInstanceOf(NatProgress.Pending.class);
    assertThat(
            of(never, answer("i-00000001", "InProgress", ""), answer("i-00000002", "Delayed", "")))
        .isInstanceOf(NatProgress.Pending.class);
    assertThat(
            of(
                never,
                answer("i-00000001", "Success", "wide"),
                answer("i-00000002", "Success", "long")))
        .isInstanceOf(NatProgress.Applied.class);
  }

  private static Supplier<Set<InstanceId>> running(int... numbers) {
    return () ->
        Arrays.stream(numbers)
            .mapToObj(n -> new InstanceId("i-%08d".formatted(n)))
            .collect(Collectors.toSet());
  }

  // All of them run.
  private static NatProgress of(Answer... answers) {
    return of(
        () ->
            Arrays.stream(answers)
                .map(answer -> new InstanceId(answer.instance()))
                .collect(Collectors.toSet()),
        answers);
  }

  private static NatProgress of(Supplier<Set<InstanceId>> running, Answer... answers) {
    return of(SERVICES, running, answers);
  }

  private static NatProgress ofEnd(Supplier<Set<InstanceId>> running, Answer... answers) {
    return of(List.of(), running, answers);
  }

  private static NatProgress of(
      List<Cidr> services, Supplier<Set<InstanceId>> running, Answer... answers) {
    return NatProgress.of(
        new SentCommand("command-1", List.of(answers)),
        new NatProgress.Asked("digest", POOL, services),
        output -> Optional.ofNullable(REPORTS.get(output)),
        running);
  }

  private static Answer answer(String instance, String status, String output) {
    return new Answer(instance, status, output);
  }
}
