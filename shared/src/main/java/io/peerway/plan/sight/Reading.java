package io.peerway.plan.sight;

import io.peerway.model.error.Denied;
import io.peerway.model.error.NotYetOpen;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.error.Unavailable;
import java.util.function.Supplier;

/**
 * What was read of a service account, or done there, as far as its owner lets us. This is the one
 * place that says when something of an account cannot be read: where its owner refuses ({@link
 * Denied}: the role is gone or its policy says no, the account is closed, the Region disabled: EC2
 * answers {@code AuthFailure} there, or {@code UnauthorizedOperation} where a service control
 * policy closes it), and where AWS does not serve it ({@link NotYetOpen}: {@code
 * PendingVerification} of a Region that is made ready, or an account that is verified). Every other
 * failure says nothing of the account, and is thrown.
 *
 * @param <T> what was read
 */
public sealed interface Reading<T> {
  /** It was read. */
  record Read<T>(T value) implements Reading<T> {}

  /** It cannot be read. */
  record Closed<T>(PeerwayException failure) implements Reading<T> {}

  /** Reads. */
  static <T> Reading<T> of(Supplier<T> read) {
    try {
      return new Read<>(read.get());
    } catch (Denied | NotYetOpen owner) {
      return new Closed<>(owner);
    }
  }

  /**
   * The same for who reads many accounts: a Region that does not answer, whose outage may last
   * longer than anybody tries again, must not stop the others. (To be throttled passes: the
   * workflow asks again.)
   */
  static <T> Reading<T> evenInAnOutage(Supplier<T> read) {
    try {
      return of(read);
    } catch (Unavailable outage) {
      return new Closed<>(outage);
    }
  }
}
