package io.peerway.plan.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.PrefixListRoute;
import io.peerway.model.network.Route;
import io.peerway.model.network.RouteTable;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.RouteTableId;
import io.peerway.plan.Settings;
import io.peerway.plan.admission.RoomInHub.Verdict;
import io.peerway.testing.Samples;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomInHubTest {
  private final Map<PeeringId, Peering> live = new HashMap<>();
  private List<RouteTable> tables = List.of();
  private Settings settings = Samples.settings("PEERINGS_PER_VPC", "2");

  @Test
  void there_is_room_for_as_many_as_the_quota_says() {
    put(1, PeeringStatus.ACTIVE);
    put(2, PeeringStatus.PENDING_ACCEPTANCE);
    assertThat(verdict(2)).isEqualTo(new Verdict.Room());
    put(3, PeeringStatus.PROVISIONING);
    assertThat(verdict(2))
        .isInstanceOfSatisfying(
            Verdict.Full.class,
            full ->
                assertThat(full.why())
                    .contains("has 2 active peering connections", "at most 2", "PeeringsPerVpc"));
  }

  @Test
  void of_two_that_are_decided_side_by_side_the_lower_waits_until_the_other_has_given_up() {
    put(1, PeeringStatus.ACTIVE);
    put(2, PeeringStatus.PENDING_ACCEPTANCE);
    put(3, PeeringStatus.PENDING_ACCEPTANCE);
    assertThat(verdict(2)).isEqualTo(new Verdict.Wait(id(3)));
    assertThat(verdict(3)).isInstanceOf(Verdict.Full.class);
    live.put(id(3), Samples.other(id(3), PeeringStatus.PENDING_ACCEPTANCE, ""));
    assertThat(verdict(2)).isEqualTo(new Verdict.Room());
  }

  @Test
  void in_a_table_the_routes_of_claims_count_before_they_are_there() {
    settings = Samples.settings("ROUTES_PER_TABLE", "3");
    tables = List.of(table(List.of("0.0.0.0/0"), Map.of()));
    put(1, PeeringStatus.ACTIVE);
    put(2, PeeringStatus.PENDING_ACCEPTANCE);
    assertThat(verdict(2)).isEqualTo(new Verdict.Room());
    put(3, PeeringStatus.ACTIVE);
    assertThat(verdict(2))
        .isInstanceOfSatisfying(
            Verdict.Full.class,
            full ->
                assertThat(full.why())
                    .contains(
                        "rtb-00000001 of vpc-0aaaaaaaaaaaaaaaa has 1 routes and would need 4",
                        "RoutesPerTable"));
  }

  @Test
  void the_local_route_takes_no_room() {
    settings = Samples.settings("ROUTES_PER_TABLE", "1");
    put(1, PeeringStatus.PENDING_ACCEPTANCE);
    Route local =
        new Route(new Cidr("10.100.0.0/16"), Route.LOCAL, Route.State.ACTIVE, Route.Origin.STATIC);
    tables = List.of(table(List.of(), Map.of()).withRoutes(List.of(local)));
    assertThat(verdict(1)).isEqualTo(new Verdict.Room());
    Route other =
        new Route(new Cidr("0.0.0.0/0"), "igw-1", Route.State.ACTIVE, Route.Origin.STATIC);
    tables = List.of(table(List.of(), Map.of()).withRoutes(List.of(local, other)));
    assertThat(verdict(1)).isInstanceOf(Verdict.Full.class);
  }

  @Test
  void a_skipped_table_needs_no_room_and_propagated_routes_take_none() {
    settings = Samples.settings("ROUTES_PER_TABLE", "1");
    put(1, PeeringStatus.PENDING_ACCEPTANCE);
    tables = List.of(table(List.of("10.0.0.0/8", "0.0.0.0/0"), Map.of(Tags.ROUTES, "skip")));
    assertThat(verdict(1)).isEqualTo(new Verdict.Room());
    Route propagated =
        new Route(new Cidr("10.9.0.0/16"), "vgw-1", Route.State.ACTIVE, Route.Origin.PROPAGATED);
    tables = List.of(table(List.of(), Map.of()).withRoutes(List.of(propagated)));
    assertThat(verdict(1)).isEqualTo(new Verdict.Room());
    PrefixListRoute list =
        new PrefixListRoute(new PrefixListId("pl-00000001"), "tgw-1", Route.State.ACTIVE);
    tables =
        List.of(
            new RouteTable(
                new RouteTableId("rtb-00000001"),
                Samples.HUB_VPC,
                List.of(),
                List.of(list),
                Map.of()));
    assertThat(verdict(1)).isInstanceOf(Verdict.Full.class);
  }

  @Test
  void a_table_that_has_all_its_routes_needs_none_however_many_it_has() {
    settings = Samples.settings("ROUTES_PER_TABLE", "1");
    put(1, PeeringStatus.PENDING_ACCEPTANCE);
    tables = List.of(table(List.of("0.0.0.0/0", "10.1.0.0/16"), Map.of()));
    assertThat(verdict(1)).isEqualTo(new Verdict.Room());
  }

  /** Each claims, looks, and is accepted or gives up, in any interleaving. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void however_requests_are_interleaved_no_more_are_accepted_than_there_is_room_for(int seed) {
    Random random = new Random(seed);
    int room = 3;
    settings = Samples.settings("PEERINGS_PER_VPC", String.valueOf(room));
    List<Integer> undecided = new ArrayList<>(IntStream.rangeClosed(1, 8).boxed().toList());
    Map<Integer, Verdict> seen = new HashMap<>();
    undecided.forEach(
        n -> live.put(id(n), Samples.other(id(n), PeeringStatus.PENDING_ACCEPTANCE, "")));
    for (int turns = 0; !undecided.isEmpty(); turns++) {
      assertThat(turns).as("comes to an end").isLessThan(10_000);
      Integer n = undecided.get(random.nextInt(undecided.size()));
      Verdict verdict = seen.remove(n);
      if (verdict == null) {
        if (live.get(id(n)).isClaimed()) {
          seen.put(n, verdict(n));
        } else {
          put(n, PeeringStatus.PENDING_ACCEPTANCE);
        }
        continue;
      }
      switch (verdict) {
        case Verdict.Room() -> {
          put(n, PeeringStatus.ACTIVE);
          undecided.remove(n);
        }
        case Verdict.Full(String why) -> {
          live.put(id(n), Samples.other(id(n), PeeringStatus.PENDING_ACCEPTANCE, ""));
          undecided.remove(n);
        }
        case Verdict.Wait(PeeringId rival) -> {}
      }
    }
    assertThat(live.values().stream().filter(p -> p.status().isAccepted())).hasSize(room);
  }

  private Verdict verdict(int n) {
    return RoomInHub.verdict(
        live.get(id(n)),
        new Complete<>(List.copyOf(live.values())),
        new Complete<>(tables),
        settings);
  }

  private void put(int n, PeeringStatus status) {
    live.put(id(n), Samples.other(id(n), status, "10.%d.0.0/16".formatted(n)));
  }

  private static PeeringId id(int n) {
    return new PeeringId("pcx-%08d".formatted(n));
  }

  private static RouteTable table(List<String> routes, Map<String, String> tags) {
    return new RouteTable(
        new RouteTableId("rtb-00000001"),
        Samples.HUB_VPC,
        routes.stream()
            .map(cidr -> new Route(new Cidr(cidr), "igw-1", Route.State.ACTIVE))
            .toList(),
        tags);
  }
}
