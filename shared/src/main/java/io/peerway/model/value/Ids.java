package io.peerway.model.value;

import java.util.regex.Pattern;

/** The one check that every identifier of AWS passes before it becomes a value of ours. */
final class Ids {
  private Ids() {}

  static void check(Pattern form, String what, String value) {
    if (!form.matcher(value).matches()) {
      throw new IllegalArgumentException(what + " expected, got: " + Printable.shortened(value));
    }
  }
}
