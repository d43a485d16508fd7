package io.peerway.plan.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.rules.Refusal;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTest {
  private static final PeeringId PEERING = new PeeringId("pcx-0a1b2c3d4e5f60718");
  private static final Instant EVENING = Instant.parse("2026-11-29T23:59:59Z");
  private static final Status CONNECTED =
      Status.connected(EVENING, PEERING, Cidr.list("10.110.0.0/16 10.120.0.0/24"));

  @Test
  void says_what_is_so_in_few_words() {
    assertThat(CONNECTED)
        .hasToString("connected 2026-11-29 pcx-0a1b2c3d4e5f60718 10.110.0.0/16 10.120.0.0/24");
    assertThat(Status.waiting(Status.WaitsFor.APPROVAL)).hasToString("waiting for approval");
    assertThat(Status.waiting(Status.WaitsFor.ROOM)).hasToString("waiting for room");
    assertThat(Status.connecting(PEERING)).hasToString("connecting pcx-0a1b2c3d4e5f60718");
    assertThat(Status.ending()).hasToString("ending");
    assertThat(
            Status.refused(
                new Refusal(
                    "ApartFromOtherServices",
                    "[10.110.0.0/16] overlaps [10.110.0.0/20] of pcx-1, which came first")))
        .hasToString(
            "refused ApartFromOtherServices: 10.110.0.0/16 overlaps 10.110.0.0/20 of pcx-1 which"
                + " came first");
  }

  @ParameterizedTest
  @CsvSource({
    "'say \"no\"\n{\"x\": [1]}', say no x : 1",
    "'Prüfung ÄÖ 网络', Prüfung ÄÖ 网络",
    "'a\u202eb', a b",
    "'\ud83d\ude00 smile', smile",
    "'half \ud83d', half",
  })
  void what_not_every_service_takes_in_a_tag_becomes_a_space(String reason, String words) {
    assertThat(Status.refused(reason)).hasToString("refused " + words);
  }

  @Test
  void is_cut_to_what_a_tag_holds_and_no_character_in_two() {
    // Letters of two units each: one of them lies on the limit.
    for (String before : new String[] {"", "x"}) {
      String letters = before + "\ud840\udc00".repeat(200);
      String text = Status.refused(letters).text();
      assertThat(text.length()).isBetween(254, 256);
      assertThat(text).endsWith("...").matches("[\\p{L}\\p{N} +=._:/@-]*");
    }
    String many =
        IntStream.range(0, 40)
            .mapToObj(n -> "10." + n + ".0.0/16")
            .collect(Collectors.joining(" "));
    assertThat(Status.connected(EVENING, PEERING, Cidr.list(many)).text())
        .hasSizeLessThanOrEqualTo(256)
        .endsWith("...");
  }

  @Test
  void what_just_fits_is_not_cut() {
    String reason = "x".repeat(256 - "refused ".length());
    assertThat(Status.refused(reason)).hasToString("refused " + reason);
    assertThat(Status.refused(reason + "x").text()).hasSize(256).endsWith("x...");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "connected 2026-11-29 pcx-0a1b2c3d4e5f60718 10.110.0.0/16 10.120.0.0/24",
        "connected 2026-01-02 pcx-0a1b2c3d4e5f60718 10.110.0.0/16 10.120.0.0/24",
      })
  void is_said_by_a_tag_that_was_written_earlier(String tag) {
    assertThat(CONNECTED.isSaidBy(tag)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "connected",
        "connected 2026-11-30 pcx-0a1b2c3d4e5f60718 10.110.0.0/16 10.120.0.0/24",
        "connected 2026-11-29 pcx-0a1b2c3d4e5f60718 10.110.0.0/16",
        "connected 2026-11-29 pcx-00000001 10.110.0.0/16 10.120.0.0/24",
        "obstructed 2026-11-29 pcx-0a1b2c3d4e5f60718 10.110.0.0/16 10.120.0.0/24",
        "waiting for approval",
      })
  void is_not_said_by_another(String tag) {
    assertThat(CONNECTED.isSaidBy(tag)).isFalse();
  }
}
