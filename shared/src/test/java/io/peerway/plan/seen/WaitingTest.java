package io.peerway.plan.seen;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.network.VpcSide;
import io.peerway.plan.Settings;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.report.Standing;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private static final Settings MANUAL = Samples.settings("APPROVAL", "manual");
  private static final Peering REQUEST = Samples.request(PeeringStatus.PENDING_ACCEPTANCE);

  private final Runs run = new Runs();

  @Test
  void what_waits_has_the_command_that_approves_it() {
    Waiting waiting = of(MANUAL, REQUEST);
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
    assertThat(of(REQUEST).approval()).isEmpty();
    Peering partly = Runs.CONNECTED.with(Tags.LEFT_OUT, "10.99.0.0/16");
    assertThat(of(MANUAL, partly).approval())
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
    Waiting waiting = of(Samples.request(PeeringStatus.ACTIVE));
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
    Waiting waiting = of(REQUEST);
    assertThat(waiting.refused()).isEmpty();
    assertThat(waiting.leftAlone()).isEmpty();
  }

  @Test
  void what_was_rejected_is_refused_and_what_is_connected_is_not() {
    Peering connected = Samples.other(Samples.OTHER_PEERING, PeeringStatus.ACTIVE, "10.130.0.0/16");
    Waiting waiting = of(Samples.request(PeeringStatus.REJECTED), connected);
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
    assertThat(of(Runs.CONNECTED).unknown())
        .extracting(Waiting.Item::who)
        .containsExactly(
            "payments (210987654321), vpc-0bbbbbbbbbbbbbbbb",
            "payments (210987654321), vpc-0bbbbbbbbbbbbbbbb",
            "");
  }

  @Test
  void what_is_decided_refused_connected_or_over_asks_nobody_for_approval() {
    assertThat(of(MANUAL, REQUEST.with(Tags.DECISION, "approve")).approval()).isEmpty();
    assertThat(
            of(MANUAL, REQUEST.with(Tags.LEFT_OUT, "10.99.0.0/16").with(Tags.DECISION, "approve"))
                .approval())
        .isEmpty();
    assertThat(of(MANUAL, Runs.CONNECTED).approval()).isEmpty();
    Peering over = Samples.in(Runs.CONNECTED, PeeringStatus.DELETING);
    assertThat(of(MANUAL, over.with(Tags.LEFT_OUT, "10.99.0.0/16")).approval()).isEmpty();
    run.stands(new Standing(Samples.PEERING, Finding.Sort.WAITS_FOR_APPROVAL));
    assertThat(of(MANUAL, Samples.request(PeeringStatus.ACTIVE)).approval()).isEmpty();
    run.stands(new Standing(Samples.PEERING, Finding.Sort.REFUSED));
    assertThat(of(MANUAL, REQUEST).approval()).isEmpty();
  }

  @Test
  void a_request_whose_addresses_ec2_does_not_show_is_approved_without_naming_them() {
    VpcSide service =
        new VpcSide(Samples.SERVICE_ACCOUNT, Samples.REGION, Samples.SERVICE_VPC, List.of());
    Peering request =
        new Peering(Samples.PEERING, REQUEST.status(), service, Samples.hubSide(), Map.of());
    assertThat(of(MANUAL, request).approval())
        .singleElement()
        .satisfies(
            item ->
                assertThat(item.commands().getFirst())
                    .endsWith("'Key=peerway:decision,Value=approve'"));
  }

  @Test
  void what_waits_for_room_says_for_which_addresses_and_asks_nobody_for_approval() {
    Waiting waiting = of(MANUAL, REQUEST.with(Tags.WAITS_FOR, "10.110.0.0/16"), otherRequest());
    assertThat(waiting.room())
        .containsExactly(
            new Waiting.Item(
                Samples.PEERING.value(),
                "210987654321, vpc-0bbbbbbbbbbbbbbbb",
                "waits until the hub VPC has room for [10.110.0.0/16]: end a connection, or have"
                    + " AWS raise the quota",
                List.of()));
    assertThat(waiting.approval())
        .extracting(Waiting.Item::at)
        .containsExactly(Samples.OTHER_PEERING.value());
  }

  @Test
  void one_that_waits_does_not_hide_another_that_is_refused() {
    run.stands(new Standing(Samples.PEERING, Finding.Sort.REFUSED))
        .stands(new Standing(Samples.OTHER_PEERING, Finding.Sort.WAITS_FOR_ROOM))
        .left(Samples.PEERING + ": refused by rule A")
        .left(Samples.OTHER_PEERING + ": waits for room");
    assertThat(of(REQUEST, otherRequest()).refused())
        .extracting(Waiting.Item::what)
        .containsExactly("refused by rule A");
  }

  @Test
  void a_vpc_that_a_person_refused_is_listed_with_the_command_that_lets_it_ask_again() {
    run.refused(Samples.OTHER_VPC);
    assertThat(of(Runs.CONNECTED).refused())
        .containsExactly(
            new Waiting.Item(
                "vpc-0dddddddddddddddd",
                "",
                "a person has refused it for good; this lets it ask again",
                List.of(
                    "aws ec2 delete-tags --resources vpc-0aaaaaaaaaaaaaaaa --tags"
                        + " Key=peerway:refused:vpc-0dddddddddddddddd")));
  }

  @Test
  void what_is_held_back_says_what_is_to_be_changed_whose_it_is_and_when_its_repair_failed() {
    run.changed(Samples.PEERING + ": add route a, since before noon")
        .changed(Samples.OTHER_PEERING + ": add route b, since before noon")
        .heldBack(Samples.PEERING, "the daily run tries again");
    assertThat(of(Runs.CONNECTED).heldBack())
        .containsExactly(
            new Waiting.Item(
                Samples.PEERING.value(),
                "payments (210987654321), vpc-0bbbbbbbbbbbbbbbb",
                "add route a; failed in the run of 2026-11-29T12:00:00Z; the daily run tries again",
                List.of()));
  }

  @Test
  void a_line_about_no_place_is_left_alone_and_nobodys() {
    run.left("and 3 more lines");
    assertThat(of(Runs.CONNECTED).leftAlone())
        .containsExactly(new Waiting.Item("", "", "and 3 more lines", List.of()));
  }

  private static Peering otherRequest() {
    return Samples.other(Samples.OTHER_PEERING, PeeringStatus.PENDING_ACCEPTANCE, "");
  }

  private Waiting of(Peering... peerings) {
    return of(Samples.settings(), peerings);
  }

  private Waiting of(Settings settings, Peering... peerings) {
    return Waiting.of(run.picture(settings, peerings));
  }
}
