package io.peerway.functions.seen;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.peerway.functions.Json;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Printable;
import io.peerway.plan.Aws;
import io.peerway.plan.events.Doer;
import java.util.Map;
import java.util.Optional;

/** Who changed a peering connection last, as CloudTrail's event history of the hub account says. */
record LastChange(Aws aws) {
  private static final String NOBODY = "none that CloudTrail's event history has, of 90 days";

  /** In words; where it cannot be had, why. */
  String of(PeeringId id) {
    try {
      return aws.hubEvents().apply(id).about(id.value()).stream()
          .flatMap(record -> read(record).stream())
          .filter(record -> record.get("errorCode") == null)
          .filter(record -> !Boolean.TRUE.equals(record.get("readOnly")))
          .findFirst()
          .map(
              record ->
                  Printable.shortened(record.get("eventName") + " by " + Doer.of(record), 300))
          .orElse(NOBODY);
    } catch (PeerwayException e) {
      return "not known: " + e.getMessage();
    }
  }

  private static Optional<Map<String, Object>> read(String record) {
    try {
      return Optional.ofNullable(Json.record(record));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
