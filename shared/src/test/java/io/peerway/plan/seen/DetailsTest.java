package io.peerway.plan.seen;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.nat.VpnCount;
import io.peerway.testing.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetailsTest {
  private static final Instant ASKED = Instant.parse("2026-11-28T09:00:00.123Z");

  private final Runs run = new Runs();

  @Test
  void details_tell_since_when_who_asked_and_what_differs() {
    run.changed(Samples.PEERING + ": add route a, since before noon, by arn:aws:iam::1:root");
    Details details = of(Runs.CONNECTED.with(Tags.LET_IN, "2026-11-29T11:00:00Z run-7"));
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
  void of_a_request_it_is_told_when_it_was_sent_as_far_as_ec2_says_so() {
    Peering request = Samples.request(PeeringStatus.PENDING_ACCEPTANCE);
    assertThat(of(request).since()).isEqualTo("not known");
    Peering dated =
        new Peering(
            request.id(),
            request.status(),
            request.requester(),
            request.accepter(),
            Map.of(),
            ASKED.toEpochMilli());
    assertThat(of(dated).since())
        .isEqualTo("asked for at 2026-11-28T09:00:00Z; AWS lets it expire seven days later");
  }

  @Test
  void of_a_connection_from_before_the_note_nobody_knows_when_it_was_let_in() {
    Details details = of(Runs.CONNECTED);
    assertThat(details.since())
        .isEqualTo("not known: it was let in before Peerway noted it, or by hand");
    assertThat(details.executions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "tag, ACTIVE, the tag peerway:connect=true of its VPC",
    "request, ACTIVE, a request of the account's people",
    "waiting, PENDING_ACCEPTANCE, a request of the account's people",
    "'', PENDING_ACCEPTANCE, a request of account 210987654321",
    "'', ACTIVE, 'people, by hand'",
  })
  void who_asked_is_told_by_its_mark(String by, PeeringStatus status, String expected) {
    assertThat(of(Samples.request(status).with(Tags.BY, by)).asked()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense"})
  void without_a_readable_claim_the_addresses_are_those_that_ec2_shows(String claim) {
    assertThat(of(Samples.request(PeeringStatus.ACTIVE).with(Tags.CIDRS, claim)).routes())
        .startsWith(
            "hub: 10.110.0.0/16 → pcx-0a1b2c3d4e5f60718",
            "hub: 10.120.0.0/24 → pcx-0a1b2c3d4e5f60718");
  }

  @Test
  void what_is_open_and_what_is_translated_is_told_with_what_was_found_of_the_vpn_instances() {
    run.counted(new VpnCount(new InstanceId("i-0cccccccccccccccc"), 1, 10, 0L, 0L));
    Details details = of(Runs.CONNECTED);
    assertThat(details.openings())
        .containsExactly(
            "tcp/22 from the VPN instances, in group peerway-vpc-0aaaaaaaaaaaaaaaa",
            "what groups tagged peerway:allow say besides");
    assertThat(details.nat())
        .containsExactly(
            "[172.168.0.0/24] to [10.110.0.0/16]",
            "i-0cccccccccccccccc: it translates what it should");
    run.unread("VPN instances: none answered");
    assertThat(of(Runs.CONNECTED).nat()).hasSize(3).endsWith("none answered");
  }

  @Test
  void all_that_a_run_found_otherwise_is_told_of_this_connection_and_of_no_other() {
    for (PeeringId at : List.of(Samples.OTHER_PEERING, Samples.PEERING)) {
      run.changed(at + ": add route a")
          .unread(at + ": no answer")
          .left(at + ": rtb-1 of others")
          .heldBack(at, "its repair failed")
          .failed(at, "Denied at " + at);
    }
    assertThat(of(Runs.CONNECTED).differs())
        .containsExactly(
            "to be changed: add route a",
            "unknown: no answer",
            "left alone: rtb-1 of others",
            "held back since 2026-11-29T12:00:00Z: its repair failed",
            "its repair failed: Denied at pcx-0a1b2c3d4e5f60718");
  }

  @Test
  void executions_are_the_last_that_restored_it_and_that_which_let_it_in_each_once() {
    Peering letIn = Runs.CONNECTED.with(Tags.LET_IN, "2026-11-29T11:00:00Z run-7");
    assertThat(of(letIn.with(Tags.RESTORED, Runs.READ + " 2 run-9")).executions())
        .containsExactly("run-9", "run-7");
    assertThat(of(letIn.with(Tags.RESTORED, Runs.READ + " 1 run-7")).executions())
        .containsExactly("run-7");
    assertThat(of(letIn.with(Tags.RESTORED, Runs.READ + " 2 <b>")).executions())
        .containsExactly("run-7");
  }

  private Details of(Peering peering) {
    Picture picture = run.picture(Samples.settings(), peering);
    return Details.of(picture.services().getFirst(), picture, Runs.NOW);
  }
}
