package io.peerway.functions.trigger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.peerway.functions.Json;
import io.peerway.model.error.MalformedEvent;
import io.peerway.model.value.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event of EventBridge as a queue holds it.
 *
 * @param detail null where there is none that can be read
 */
record BridgeEvent(
    @Nullable String source,
    @Nullable String detailType,
    @Nullable String account,
    @Nullable Map<String, Object> detail) {

  // The envelope is EventBridge's, the detail may be anybody's: however deep it is, the account
  // that it comes from is known.
  private static final JsonFactory ANY_DEPTH =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /**
   * Reads one.
   *
   * @throws MalformedEvent where it is no JSON object
   */
  static BridgeEvent of(String body) {
    Map<String, String> envelope = envelope(body);
    return new BridgeEvent(
        envelope.get("source"),
        envelope.get("detail-type"),
        envelope.get("account"),
        detail(envelope.get("detail")));
  }

  // What stands at the top, texts as they are and anything else as JSON.
  private static Map<String, String> envelope(String body) {
    try (JsonParser json = ANY_DEPTH.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedEvent("an event expected, got: " + Printable.shortened(body));
      }
      Map<String, String> envelope = new HashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        int from = (int) json.currentTokenLocation().getCharOffset();
        if (value == JsonToken.VALUE_STRING) {
          envelope.put(name, json.getText());
        } else if (value == JsonToken.START_OBJECT) {
          json.skipChildren();
          int to = (int) json.currentTokenLocation().getCharOffset() + 1;
          envelope.put(name, body.substring(from, to));
        } else {
          json.skipChildren();
        }
      }
      return envelope;
    } catch (JsonProcessingException e) {
      throw new MalformedEvent(
          "no JSON: " + Printable.shortened(String.valueOf(e.getOriginalMessage())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable Map<String, Object> detail(@Nullable String json) {
    try {
      return json == null ? null : Json.record(json);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
