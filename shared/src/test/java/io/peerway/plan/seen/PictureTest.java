package io.peerway.plan.seen;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Complete;
import io.peerway.model.value.InstanceId;
import io.peerway.plan.Settings;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.nat.VpnCount;
import io.peerway.plan.report.PastReport;
import io.peerway.plan.report.Seen;
import io.peerway.plan.report.Standing;
import io.peerway.plan.seen.Measures.Measure;
import io.peerway.plan.seen.Measures.Unit;
import io.peerway.testing.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PictureTest {
  private static final Instant NOW = Runs.READ.plusSeconds(60);
  private static final InstanceId VPN = new InstanceId("i-0cccccccccccccccc");
  private static final Peering CONNECTED =
      Samples.request(PeeringStatus.ACTIVE)
          .with(Tags.CIDRS, "10.110.0.0/16")
          .with(Tags.BY, Tags.BY_TAG)
          .with(Tags.ACCOUNT, "payments");

  private final Runs run = new Runs();

  @Test
  void who_needs_somebody_comes_first() {
    Peering drifted = Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.130.0.0/16");
    run.changed(Samples.OTHER_PEERING + ": add route a, since before noon");
    Picture picture = picture(CONNECTED, drifted);
    assertThat(picture.services())
        .extracting(Service::id)
        .containsExactly(Samples.OTHER_PEERING, Samples.PEERING);
    assertThat(picture.services())
        .extracting(Service::name)
        .containsExactly("345678901234", "payments");
    assertThat(picture.counts()).isEqualTo(Map.of(State.DRIFTED, 1, State.CONNECTED, 1));
  }

  @Test
  void of_what_is_over_only_what_tells_something_is_shown_and_not_beside_its_successor() {
    Peering rejected = Samples.request(PeeringStatus.REJECTED);
    assertThat(picture(rejected).services()).hasSize(1);
    assertThat(picture(Samples.request(PeeringStatus.EXPIRED)).services()).isEmpty();
    Peering next =
        new Peering(
            Samples.OTHER_PEERING,
            PeeringStatus.PENDING_ACCEPTANCE,
            Samples.serviceSide(),
            Samples.hubSide(),
            Map.of());
    assertThat(picture(rejected, next).services())
        .extracting(Service::id)
        .containsExactly(Samples.OTHER_PEERING);
  }

  @Test
  void vpn_instances_are_those_that_answered_and_those_that_something_is_said_of() {
    run.unread("VPN instance i-0dddddddddddddddd: answered as Failed");
    Picture picture = pictureWith(count(10, 100, 0L), CONNECTED);
    assertThat(picture.vpn())
        .extracting(Vpn::state)
        .containsExactly(State.CONNECTED, State.UNKNOWN);
    assertThat(picture.vpn().getFirst().count().flatMap(VpnCount::used)).contains(10.0);
  }

  @Test
  void what_waits_has_the_command_that_approves_it() {
    Settings manual = Samples.settings("APPROVAL", "manual");
    Peering request = Samples.request(PeeringStatus.PENDING_ACCEPTANCE);
    Waiting waiting = Waiting.of(picture(manual, request));
    assertThat(waiting.approval())
        .singleElement()
        .satisfies(
            item ->
                assertThat(item.commands())
                    .containsExactly(
                        "aws ec2 create-tags --resources pcx-0a1b2c3d4e5f60718 --tags"
                            + " 'Key=peerway:decision,Value=approve 10.110.0.0/16 10.120.0.0/24'",
                        "aws ec2 create-tags --resources pcx-0a1b2c3d4e5f60718 --tags"
                            + " 'Key=peerway:decision,Value=refuse'"));
    assertThat(Waiting.of(picture(request)).approval()).isEmpty();
    Peering partly = CONNECTED.with(Tags.LEFT_OUT, "10.99.0.0/16");
    assertThat(Waiting.of(picture(manual, partly)).approval())
        .singleElement()
        .satisfies(
            item -> assertThat(item.commands().getFirst()).endsWith("Value=approve 10.99.0.0/16'"));
  }

  @Test
  void what_is_refused_is_apart_from_what_is_left_alone() {
    String refused = ": made by hand, and refused by rule InsideAllowedPool: 192.0.2.0/24";
    run.stands(new Standing(Samples.PEERING, Finding.Sort.REFUSED))
        .left(Samples.PEERING + refused)
        .left(Samples.OTHER_PEERING + ": rtb-1: something of others");
    Waiting waiting = Waiting.of(picture(Samples.request(PeeringStatus.ACTIVE)));
    assertThat(waiting.refused())
        .extracting(Waiting.Item::what)
        .containsExactly(refused.substring(2));
    assertThat(waiting.leftAlone())
        .extracting(Waiting.Item::at)
        .containsExactly(Samples.OTHER_PEERING.value());
  }

  @Test
  void what_waits_is_neither_refused_nor_left_alone() {
    run.stands(new Standing(Samples.PEERING, Finding.Sort.WAITS_FOR_APPROVAL))
        .left(Samples.PEERING + ": waits for approval");
    Waiting waiting = Waiting.of(picture(Samples.request(PeeringStatus.PENDING_ACCEPTANCE)));
    assertThat(waiting.refused()).isEmpty();
    assertThat(waiting.leftAlone()).isEmpty();
  }

  @Test
  void what_was_rejected_is_refused_and_what_is_connected_is_not() {
    Peering connected = Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.130.0.0/16");
    Waiting waiting = Waiting.of(picture(Samples.request(PeeringStatus.REJECTED), connected));
    assertThat(waiting.refused())
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.at()).isEqualTo(Samples.PEERING.value());
              assertThat(item.who()).isEqualTo("210987654321, vpc-0bbbbbbbbbbbbbbbb");
              assertThat(item.what()).isNotEmpty();
            });
  }

  @Test
  void whose_it_is_stands_beside_what_could_not_be_read_as_far_as_that_is_known() {
    run.unread(Samples.PEERING + ": denied")
        .unread("vpc-0bbbbbbbbbbbbbbbb: no answer")
        .unread(Samples.OTHER_PEERING + ": denied");
    assertThat(Waiting.of(picture(CONNECTED)).unknown())
        .extracting(Waiting.Item::who)
        .containsExactly(
            "payments (210987654321), vpc-0bbbbbbbbbbbbbbbb",
            "payments (210987654321), vpc-0bbbbbbbbbbbbbbbb",
            "");
  }

  @Test
  void details_tell_since_when_who_asked_and_what_differs() {
    run.changed(Samples.PEERING + ": add route a, since before noon, by arn:aws:iam::1:root");
    Peering peering = CONNECTED.with(Tags.LET_IN, "2026-11-29T11:00:00Z run-7");
    Picture picture = picture(peering);
    Details details = Details.of(picture.services().getFirst(), picture, NOW);
    assertThat(details.since()).isEqualTo("let in at 2026-11-29T11:00:00Z");
    assertThat(details.asked()).contains("peerway:connect=true");
    assertThat(details.differs())
        .containsExactly("to be changed: add route a, since before noon, by arn:aws:iam::1:root");
    assertThat(details.routes())
        .containsExactly(
            "hub: 10.110.0.0/16 → pcx-0a1b2c3d4e5f60718",
            "service: 10.100.0.0/16 → pcx-0a1b2c3d4e5f60718");
    assertThat(details.executions()).containsExactly("run-7");
  }

  @Test
  void a_run_is_measured_and_what_is_zero_is_left_out() {
    assertThat(measures(count(800, 1000, 7L), CONNECTED))
        .containsExactlyInAnyOrder(
            new Measure("Connections", Unit.COUNT, 1, "State", "connected"),
            new Measure("PeeringsUsed", Unit.PERCENT, 2, null, null),
            new Measure("RoutesUsed", Unit.PERCENT, 2, null, null),
            new Measure("TrackedConnectionsUsed", Unit.PERCENT, 80, "Instance", VPN.value()),
            new Measure("TrackedConnectionsUsed", Unit.PERCENT, 80, null, null),
            new Measure("InsertFailed", Unit.COUNT, 7, "Instance", VPN.value()),
            new Measure("InsertFailed", Unit.COUNT, 7, null, null));
    run.changed(Samples.PEERING + ": add route a, since before noon");
    assertThat(measures(count(null, null, null), CONNECTED))
        .containsExactlyInAnyOrder(
            new Measure("Connections", Unit.COUNT, 0, "State", "connected"),
            new Measure("Connections", Unit.COUNT, 1, "State", "drifted"),
            new Measure("DriftFound", Unit.COUNT, 1, null, null),
            new Measure("PeeringsUsed", Unit.PERCENT, 2, null, null),
            new Measure("RoutesUsed", Unit.PERCENT, 2, null, null));
  }

  private static VpnCount count(Integer tracked, Integer most, Long lost) {
    return new VpnCount(VPN, tracked, most, lost, lost);
  }

  private List<Measure> measures(VpnCount count, Peering... peerings) {
    return Measures.of(new Complete<>(List.of(peerings)), with(count), Samples.settings(), NOW);
  }

  private PastReport with(VpnCount... counts) {
    PastReport report = run.report();
    Seen seen = report.seen();
    return new PastReport(
        report.mode(),
        report.extent(),
        report.summary(),
        report.changes(),
        report.unknown(),
        report.leftAlone(),
        report.todo(),
        report.repaired(),
        report.heldBack(),
        new Seen(
            seen.at(),
            seen.hub(),
            seen.fullestTable(),
            List.of(counts),
            seen.refused(),
            seen.standings(),
            null),
        report.freeze());
  }

  private Picture pictureWith(VpnCount count, Peering... peerings) {
    return Picture.of(
        new Complete<>(List.of(peerings)),
        Optional.of(new LastRun("run-1", Runs.READ, with(count))),
        Samples.settings(),
        NOW);
  }

  private Picture picture(Peering... peerings) {
    return picture(Samples.settings(), peerings);
  }

  private Picture picture(Settings settings, Peering... peerings) {
    return Picture.of(new Complete<>(List.of(peerings)), Optional.of(run.ended()), settings, NOW);
  }
}
