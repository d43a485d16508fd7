package io.peerway.functions.trigger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.peerway.functions.Json;
import io.peerway.model.AccountLook;
import io.peerway.model.Errand;
import io.peerway.model.error.MalformedEvent;
import io.peerway.model.value.PeeringId;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An errand that was put back into the queue. No event of EventBridge looks like it, and only the
 * functions may send one.
 *
 * @param errand the workflow
 */
record ErrandMessage(
    String errand,
    @Nullable PeeringId peering,
    @Nullable Boolean doubtful,
    @Nullable AccountLook look,
    @Nullable Long after) {

  static String of(Errand errand) {
    ErrandMessage message =
        switch (errand) {
          case Errand.Connect(var peering, var doubtful) ->
              new ErrandMessage("connect", peering, doubtful, null, null);
          case Errand.Disconnect(var peering) ->
              new ErrandMessage("disconnect", peering, null, null, null);
          case Errand.Look(var look) -> new ErrandMessage("look", null, null, look, null);
          case Errand.Reconcile(var after) ->
              new ErrandMessage("reconcile", null, null, null, after.toSeconds());
        };
    try {
      return Json.mapper().writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The errand in this message; empty where it is an event. */
  static Optional<Errand> read(String body) {
    if (!isOne(body)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.mapper().readValue(body, ErrandMessage.class).toErrand());
    } catch (JsonProcessingException | NullPointerException e) {
      throw new MalformedEvent("an errand that cannot be read: " + e.getMessage());
    }
  }

  // Its first field comes first in what we write, and is in no event.
  private static boolean isOne(String body) {
    try (JsonParser json = Json.mapper().createParser(body)) {
      return json.nextToken() == JsonToken.START_OBJECT && "errand".equals(json.nextFieldName());
    } catch (IOException e) {
      return false; // nor is it an event, which is said where events are read
    }
  }

  private Errand toErrand() {
    return switch (errand) {
      case "connect" ->
          new Errand.Connect(Objects.requireNonNull(peering), Boolean.TRUE.equals(doubtful));
      case "disconnect" -> new Errand.Disconnect(Objects.requireNonNull(peering));
      case "look" -> new Errand.Look(Objects.requireNonNull(look));
      case "reconcile" ->
          new Errand.Reconcile(Duration.ofSeconds(Objects.requireNonNullElse(after, 0L)));
      default -> throw new MalformedEvent("an errand that nobody knows: " + errand);
    };
  }

  /** The look that an input of {@code look-at-account} asks for. */
  static AccountLook look(String input) throws JsonProcessingException {
    return Json.mapper().readValue(input, AccountLook.class);
  }
}
