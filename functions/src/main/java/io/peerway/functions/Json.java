package io.peerway.functions;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.peerway.model.AccountId;
import io.peerway.model.Cidr;
import io.peerway.model.PeeringId;
import io.peerway.model.Printable;
import io.peerway.model.Region;
import io.peerway.model.VpcId;
import io.peerway.model.error.MalformedEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Function;

/**
 * What steps are given and answer: records as JSON objects, ids and CIDRs as plain strings that
 * check themselves when read.
 */
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(values())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private Json() {}

  /**
   * Reads one object.
   *
   * @throws MalformedEvent naming the field that is missing or has another form
   */
  static <T> T read(InputStream in, Class<T> type) throws IOException {
    try {
      return MAPPER.readValue(in, type);
    } catch (JsonProcessingException e) {
      Throwable reason = e.getCause() instanceof IllegalArgumentException ? e.getCause() : e;
      throw new MalformedEvent(
          "input of "
              + type.getSimpleName()
              + ": "
              + Printable.shortened(String.valueOf(reason.getMessage())));
    }
  }

  static void write(OutputStream out, Object value) throws IOException {
    MAPPER.writeValue(out, value);
  }

  static ObjectMapper mapper() {
    return MAPPER;
  }

  private static SimpleModule values() {
    SimpleModule module = new SimpleModule("values");
    text(module, AccountId.class, AccountId::new);
    text(module, Cidr.class, Cidr::new);
    text(module, PeeringId.class, PeeringId::new);
    text(module, Region.class, Region::new);
    text(module, VpcId.class, VpcId::new);
    return module;
  }

  private static <T> void text(SimpleModule module, Class<T> type, Function<String, T> parse) {
    module.addSerializer(type, ToStringSerializer.instance);
    module.addDeserializer(
        type,
        new FromStringDeserializer<T>(type) {
          @Override
          protected T _deserialize(String value, DeserializationContext context) {
            return parse.apply(value);
          }
        });
  }
}
