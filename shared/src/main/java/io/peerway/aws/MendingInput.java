package io.peerway.aws;

import io.peerway.model.Mending;
import io.peerway.model.value.PeeringId;

/** The input of {@code connect} where somebody has taken something away, as JSON. */
final class MendingInput {
  private MendingInput() {}

  static String of(PeeringId peering, Mending mends) {
    return "{\"peeringId\":"
        + quoted(peering.value())
        + ",\"mends\":{\"what\":"
        + quoted(mends.what())
        + (mends.by() == null ? "" : ",\"by\":" + quoted(mends.by()))
        + ",\"tags\":"
        + mends.tags()
        + ",\"tell\":"
        + mends.tell()
        + "}}";
  }

  // Control characters are not in it any more: a Mending is printable.
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
