package io.peerway.plan.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.admission.Claims.Verdict;
import io.peerway.plan.rules.Refusal;
import io.peerway.testing.Samples;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every interleaving of two and three requests that run side by side. A request writes its claim;
 * reads all claims; and, at any later moment, does what its verdict says: joins, rejects itself, or
 * reads again. All states that can be reached are looked at.
 */
class ClaimsInterleavingsTest {

  private static final PeeringStatus PENDING = PeeringStatus.PENDING_ACCEPTANCE;
  private static final PeeringStatus BY_HAND = PeeringStatus.ACTIVE;

  /** What a request does next. */
  private enum Next {
    CLAIM,
    READ,
    ACT,
    JOINED,
    REFUSED
  }

  /** One request: its own step, what EC2 shows of it, and the verdict it has read. */
  private record Request(
      Cidr cidr, Next next, PeeringStatus status, boolean claimed, Verdict verdict) {}

  static Stream<Arguments> everybody() {
    List<Arguments> cases = new ArrayList<>();
    String same = "10.110.0.0/16";
    String upper = "10.110.0.0/17";
    String lower = "10.110.128.0/17";
    for (PeeringStatus a : List.of(PENDING, BY_HAND)) {
      for (PeeringStatus b : List.of(PENDING, BY_HAND)) {
        cases.add(Arguments.of(List.of(same, upper), List.of(a, b)));
        for (PeeringStatus c : List.of(PENDING, BY_HAND)) {
          List<PeeringStatus> statuses = List.of(a, b, c);
          cases.add(Arguments.of(List.of(same, same, same), statuses));
          // Only the first, the middle or the last overlaps both others.
          cases.add(Arguments.of(List.of(same, upper, lower), statuses));
          cases.add(Arguments.of(List.of(upper, same, lower), statuses));
          cases.add(Arguments.of(List.of(upper, lower, same), statuses));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everybody")
  void never_are_two_overlapping_requests_joined(List<String> cidrs, List<PeeringStatus> statuses) {
    for (List<Request> state : reachable(start(cidrs, statuses)).keySet()) {
      List<Cidr> joined =
          state.stream().filter(r -> r.next() == Next.JOINED).map(Request::cidr).toList();
      for (int i = 0; i < joined.size(); i++) {
        for (int j = i + 1; j < joined.size(); j++) {
          assertThat(joined.get(i).overlaps(joined.get(j))).as("%s", state).isFalse();
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everybody")
  void from_everywhere_all_can_come_to_an_end(List<String> cidrs, List<PeeringStatus> statuses) {
    Map<List<Request>, Set<List<Request>>> graph = reachable(start(cidrs, statuses));
    Set<List<Request>> ending = new HashSet<>();
    graph.keySet().stream().filter(ClaimsInterleavingsTest::isOver).forEach(ending::add);
    while (graph.entrySet().stream()
        .anyMatch(
            state ->
                state.getValue().stream().anyMatch(ending::contains)
                    && ending.add(state.getKey()))) {}
    assertThat(ending).containsAll(graph.keySet());
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everybody")
  void one_wins_where_at_most_one_was_accepted_by_hand(
      List<String> cidrs, List<PeeringStatus> statuses) {
    if (statuses.stream().filter(status -> status == BY_HAND).count() <= 1) {
      assertThat(reachable(start(cidrs, statuses)).keySet())
          .filteredOn(ClaimsInterleavingsTest::isOver)
          .isNotEmpty()
          .allMatch(state -> state.stream().anyMatch(request -> request.next() == Next.JOINED));
    }
  }

  private static boolean isOver(List<Request> state) {
    return state.stream().allMatch(r -> r.next() == Next.JOINED || r.next() == Next.REFUSED);
  }

  private static List<Request> start(List<String> cidrs, List<PeeringStatus> statuses) {
    List<Request> state = new ArrayList<>();
    for (int n = 0; n < cidrs.size(); n++) {
      Cidr cidr = new Cidr(cidrs.get(n));
      state.add(new Request(cidr, Next.CLAIM, statuses.get(n), false, new Verdict.Free()));
    }
    return state;
  }

  /** Every state that can be reached, each with the states that can follow it at once. */
  private static Map<List<Request>, Set<List<Request>>> reachable(List<Request> start) {
    Map<List<Request>, Set<List<Request>>> graph = new HashMap<>();
    Deque<List<Request>> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      List<Request> state = open.pop();
      if (!graph.containsKey(state)) {
        graph.put(state, following(state));
        open.addAll(graph.get(state));
      }
    }
    return graph;
  }

  private static Set<List<Request>> following(List<Request> state) {
    Set<List<Request>> following = new HashSet<>();
    for (int n = 0; n < state.size(); n++) {
      List<Request> next = new ArrayList<>(state);
      next.set(n, step(state, n));
      following.add(next);
    }
    following.remove(state);
    return following;
  }

  private static Request step(List<Request> state, int n) {
    Request own = state.get(n);
    return switch (own.next()) {
      case CLAIM -> new Request(own.cidr(), Next.READ, own.status(), true, own.verdict());
      case READ -> new Request(own.cidr(), Next.ACT, own.status(), true, verdict(state, n));
      case ACT ->
          switch (own.verdict()) {
            case Verdict.Free() -> acted(own, Next.JOINED, PeeringStatus.ACTIVE);
            case Verdict.Wait(PeeringId rival) -> acted(own, Next.READ, own.status());
            // An active connection is refused but stays as it is, claim and all.
            case Verdict.Lost(Refusal refusal) ->
                acted(
                    own,
                    Next.REFUSED,
                    own.status().isAccepted() ? own.status() : PeeringStatus.REJECTED);
          };
      case JOINED, REFUSED -> own;
    };
  }

  private static Request acted(Request own, Next next, PeeringStatus status) {
    return new Request(own.cidr(), next, status, true, new Verdict.Free());
  }

  private static Verdict verdict(List<Request> state, int n) {
    List<Peering> live = new ArrayList<>();
    for (int i = 0; i < state.size(); i++) {
      Request request = state.get(i);
      live.add(
          Samples.other(
              new PeeringId("pcx-0000000" + i),
              request.status(),
              request.claimed() ? request.cidr().value() : ""));
    }
    Peering own = live.get(n);
    live.removeIf(peering -> peering.status() == PeeringStatus.REJECTED);
    return Claims.verdict(own, Samples.HUB_VPC, new Complete<>(live));
  }
}
