package io.peerway.plan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.value.Cidr;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClaimFitsTagTest {

  @Test
  void a_claim_of_256_characters_fits_and_one_of_257_does_not() {
    assertThat(Cidr.text(cidrs("100.64.100.0/24"))).hasSize(255);
    assertThat(ClaimFitsTag.fits(cidrs("100.127.100.0/24"))).isTrue();
    assertThat(ClaimFitsTag.fits(cidrs("100.127.100.64/26"))).isFalse();
  }

  /** Fifteen, which take 240 characters with the space after each, and the last. */
  private static List<Cidr> cidrs(String last) {
    return Stream.concat(
            IntStream.range(0, 15).mapToObj(n -> "10.110.%d.0/24".formatted(100 + n)),
            Stream.of(last))
        .map(Cidr::new)
        .toList();
  }
}
