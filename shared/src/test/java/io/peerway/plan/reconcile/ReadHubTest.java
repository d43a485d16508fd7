package io.peerway.plan.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.report.Doers;
import io.peerway.testing.FakeAws;
import io.peerway.testing.FakeOrganization;
import io.peerway.testing.FakeVpnInstances;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which peering connections of the hub account a run is about. */
class ReadHubTest {
  private static final PeeringId UNKNOWN = new PeeringId("pcx-00000009");
  private static final String CLAIM = "10.110.0.0/16";

  private final World world = World.sample();

  @BeforeEach
  void connected() {
    world.put(Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, CLAIM));
  }

  @Test
  void those_of_other_vpcs_of_the_hub_account_are_none_of_ours() {
    world.put(ofOtherVpcs());
    ReconcileStart start = start(Map.of("accounts", "connected"));
    assertThat(start.hub().peerings()).extracting(Peering::id).containsExactly(Samples.PEERING);
    assertThat(start.accounts()).containsExactly(List.of(Samples.SERVICE_ACCOUNT));
  }

  @Test
  void a_run_for_one_connection_finds_nothing_of_the_others() {
    world.put(Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.9.0.0/16"));
    ReconcileStart start = start(Map.of("only", Samples.PEERING.value()));
    assertThat(start.accounts()).containsExactly(List.of(Samples.SERVICE_ACCOUNT));
    assertThat(found(start)).isNotEmpty().allMatch(finding -> finding.at().equals(Samples.PEERING));
    // Claims are weighed against all.
    assertThat(start.hub().peerings()).hasSize(2);
  }

  @Test
  void one_that_somebody_asks_about_and_that_is_none_of_the_hub_vpc_is_told_of() {
    world.put(ofOtherVpcs());
    for (PeeringId id : List.of(UNKNOWN, Samples.OTHER_PEERING)) {
      assertThat(found(start(Map.of("only", id.value()))))
          .containsExactly(
              Finding.leftAlone(
                  id,
                  "EC2 does not show it as a peering of the hub VPC (any more), and no route of the"
                      + " hub VPC leads to it"));
    }
  }

  @Test
  void one_that_is_over_and_has_left_what_it_had_is_ended_as_it_was_listed() {
    world.put(Samples.other(Samples.OTHER_PEERING, PeeringStatus.DELETED, "10.9.0.0/16"));
    assertThat(found(start(Map.of("only", Samples.OTHER_PEERING.value()))))
        .containsExactly(
            Finding.drift(
                Samples.OTHER_PEERING, "disconnect, because the peering connection is deleted"));
    assertThat(world.transcript().lines())
        .noneMatch(line -> line.equals("  hub: " + Samples.OTHER_PEERING));
  }

  @Test
  void one_that_ec2_lists_no_more_is_asked_for_by_its_id() {
    world.put(Samples.other(Samples.OTHER_PEERING, PeeringStatus.DELETED, "10.9.0.0/16"));
    world.unlist(Samples.OTHER_PEERING);
    assertThat(found(start(Map.of("only", Samples.OTHER_PEERING.value()))))
        .extracting(Finding::what)
        .containsExactly("disconnect, because the peering connection is deleted");
  }

  @Test
  void a_hub_without_any_connection_has_nothing() {
    world.put(Samples.request(PeeringStatus.DELETED));
    ReconcileStart start = start(Map.of("accounts", "connected"));
    assertThat(found(start)).isEmpty();
    assertThat(start.accounts()).isEmpty();
  }

  @Test
  void every_active_account_but_the_hub_s_own_is_entered_where_all_are_looked_at() {
    assertThat(start(Map.of()).accounts())
        .containsExactly(List.of(Samples.SERVICE_ACCOUNT), List.of(Samples.OTHER_ACCOUNT));
  }

  private static Peering ofOtherVpcs() {
    return new Peering(
        Samples.OTHER_PEERING,
        PeeringStatus.ACTIVE,
        side(Samples.OTHER_ACCOUNT, Samples.OTHER_VPC),
        side(Samples.HUB_ACCOUNT, new VpcId("vpc-0eeeeeeeeeeeeeeee")),
        Map.of());
  }

  private static VpcSide side(AccountId account, VpcId vpc) {
    return new VpcSide(account, Samples.REGION, vpc, List.of());
  }

  private static List<Finding> found(ReconcileStart start) {
    return start.found().stream().map(Inspection::findings).flatMap(List::stream).toList();
  }

  private ReconcileStart start(Map<String, String> order) {
    FakeOrganization organization = FakeOrganization.sample(world.transcript());
    organization.put(Samples.HUB_ACCOUNT, FakeOrganization.member(true));
    return new ReadHub(
            FakeAws.with(world)
                .organization(organization)
                .vpn(new FakeVpnInstances(world.transcript()))
                .aws(),
            ReconcileOrder.of(order),
            new Doers((place, resource) -> List.of()))
        .start();
  }
}
