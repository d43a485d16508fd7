package io.peerway.plan.doctor;

import io.peerway.model.error.PeerwayException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the VPN instances were sent.
 *
 * @param command its id; null where nothing was sent
 * @param why nothing was; null where it was
 */
public record Order(@Nullable String command, @Nullable String why) {

  static Order none(String why) {
    return new Order(null, why);
  }

  /** Sends it; a refusal is why nothing was sent. */
  static Order of(Supplier<String> send) {
    try {
      return new Order(send.get(), null);
    } catch (PeerwayException e) {
      return none(String.valueOf(e.getMessage()));
    }
  }
}
