package io.peerway.plan.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Place;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.network.Obstacle;
import io.peerway.plan.sight.AccountSight;
import io.peerway.plan.sight.HubSight;
import io.peerway.testing.FakeOrganization;
import io.peerway.testing.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the tags for the teams should say, as a plan lists it. */
class StatusCheckTest {
  private static final Peering CONNECTED =
      Samples.tagged(Samples.request(PeeringStatus.ACTIVE), Tags.CIDRS, "10.110.0.0/16");
  private static final Peering PENDING = Samples.request(PeeringStatus.PENDING_ACCEPTANCE);

  private Peering peering = CONNECTED;
  private AccountId owner = Samples.SERVICE_ACCOUNT;
  private Inspection found = Inspection.NOTHING;

  @Test
  void the_vpc_of_a_connection_with_nothing_open_says_that_it_is_connected() {
    String connected =
        "write into its tag peerway:status: connected 2026-11-23 pcx-0a1b2c3d4e5f60718"
            + " 10.110.0.0/16";
    assertSays(connected);
    // Neither what is open elsewhere nor what others have in the way changes that.
    found = Inspection.of(Finding.drift(Samples.OTHER_PEERING, "add a route"));
    assertSays(connected);
    found = Inspection.of(Finding.of(Samples.PEERING, Obstacle.seen("a network ACL")));
    assertSays(connected);
  }

  @Test
  void of_what_is_about_to_change_whoever_changes_it_tells() {
    for (Finding open :
        List.of(
            Finding.drift(Samples.PEERING, "add a route"),
            Finding.unknown(Samples.PEERING, "denied"))) {
      found = Inspection.of(open);
      assertThat(settled()).isEmpty();
    }
  }

  @Test
  void a_request_that_waits_for_room_says_so() {
    peering = Samples.tagged(PENDING, Tags.WAITS_FOR, "10.110.0.0/16");
    found = Inspection.of(Finding.waitsForRoom(Samples.PEERING, "no room"));
    assertSays("write into its tag peerway:status: waiting for room");
  }

  @Test
  void the_tag_of_a_vpc_that_is_only_shared_with_the_account_is_its_owner_s() {
    owner = Samples.OTHER_ACCOUNT;
    assertThat(settled()).isEmpty();
  }

  private void assertSays(String line) {
    assertThat(settled())
        .containsExactly(Finding.drift(new Place.StatusOf(Samples.SERVICE_VPC), line));
  }

  private List<Finding> settled() {
    return new StatusCheck(
            Samples.settings(),
            Samples.SERVICE_ACCOUNT,
            FakeOrganization.member(true),
            new HubSight(Samples.hubVpc(), Cidr.list("10.100.0.10/32"), List.of(peering)),
            ReconcileOrder.of(Map.of()),
            found)
        .settled(
            sight(),
            Instant.parse("2026-11-23T08:00:00Z"),
            region -> {
              throw new AssertionError("a plan writes nothing");
            },
            line -> {})
        .findings();
  }

  private AccountSight sight() {
    return new AccountSight(
        List.of(
            new AccountSight.Seen(
                Samples.REGION,
                new Complete<>(
                    List.of(
                        new Vpc(Samples.SERVICE_VPC, owner, Samples.SERVICE_CIDRS, Map.of()))))));
  }
}
