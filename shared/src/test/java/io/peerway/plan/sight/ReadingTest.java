package io.peerway.plan.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.error.Denied;
import io.peerway.model.error.NotYetOpen;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.error.Throttled;
import io.peerway.model.error.Unavailable;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ReadingTest {
  private static final IllegalStateException CAUSE = new IllegalStateException();

  @Test
  void only_the_owner_and_an_account_that_aws_does_not_serve_close_it() {
    assertThat(Reading.of(() -> "read")).isEqualTo(new Reading.Read<>("read"));
    for (PeerwayException owner :
        List.of(new Denied("no", CAUSE), new NotYetOpen("not yet", CAUSE))) {
      assertThat(Reading.of(failing(owner))).isEqualTo(new Reading.Closed<>(owner));
      assertThat(Reading.evenInAnOutage(failing(owner))).isEqualTo(new Reading.Closed<>(owner));
    }
    for (PeerwayException other :
        List.of(new Throttled("later", CAUSE), new RefusedByAws("odd", CAUSE))) {
      assertThatExceptionOfType(other.getClass()).isThrownBy(() -> Reading.of(failing(other)));
      assertThatExceptionOfType(other.getClass())
          .isThrownBy(() -> Reading.evenInAnOutage(failing(other)));
    }
  }

  @Test
  void an_outage_closes_it_only_for_who_reads_many() {
    Unavailable outage = new Unavailable("down", CAUSE);
    assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> Reading.of(failing(outage)));
    assertThat(Reading.evenInAnOutage(failing(outage))).isEqualTo(new Reading.Closed<>(outage));
  }

  private static Supplier<String> failing(PeerwayException failure) {
    return () -> {
      throw failure;
    };
  }
}
