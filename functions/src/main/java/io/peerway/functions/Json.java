package io.peerway.functions;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.peerway.model.AccountLook;
import io.peerway.model.Start;
import io.peerway.model.Todo;
import io.peerway.model.error.MalformedEvent;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Place;
import io.peerway.model.value.Port;
import io.peerway.model.value.Printable;
import io.peerway.model.value.Region;
import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.Subject;
import io.peerway.model.value.VpcId;
import io.peerway.plan.report.ReportLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What steps are given and answer: records as JSON objects, ids and CIDRs as plain strings that
 * check themselves when read.
 */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(values())
          .addMixIn(SQSEvent.class, Batch.class)
          .addMixIn(AccountLook.class, Look.class)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  // Of what others have written, a null is theirs: CloudTrail writes responseElements of a refused
  // call so (user guide, "CloudTrail record contents").
  private static final ObjectReader RECORD = new JsonMapper().readerForMapOf(Object.class);

  /** The name in JSON of what Lambda's class calls records. */
  private interface Batch {
    @JsonProperty("Records")
    List<SQSEvent.SQSMessage> getRecords();
  }

  /** People who start a look by hand leave out what is not so, and may name one VPC as it is. */
  private interface Look {
    @JsonSetter(nulls = Nulls.AS_EMPTY)
    boolean throughout();

    @JsonSetter(nulls = Nulls.AS_EMPTY)
    boolean arrived();

    @JsonSetter(nulls = Nulls.AS_EMPTY)
    boolean removed();

    @JsonProperty
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
    List<VpcId> changed();

    @JsonProperty
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
    List<VpcId> deleted();
  }

  private Json() {}

  /**
   * A CloudTrail record, as it is.
   *
   * @return null where it is {@code null}
   * @throws JsonProcessingException where it is no object
   */
  public static @Nullable Map<String, Object> record(String json) throws JsonProcessingException {
    return RECORD.readValue(json);
  }

  /**
   * Reads one object.
   *
   * @throws MalformedEvent naming the field that is missing or has another form
   */
  public static <T> T read(InputStream in, Class<T> type) throws IOException {
    try {
      T value = MAPPER.readValue(in, type);
      if (value == null) {
        throw new MalformedEvent("input: an object expected, got null");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new MalformedEvent("input" + path(e) + ": " + reason(e));
    }
  }

  // Such as .connection.service.cidrs[0], to the field that is wrong or to the object that lacks
  // one.
  private static String path(JsonProcessingException e) {
    return e instanceof JsonMappingException at
        ? at.getPath().stream()
            .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
            .collect(Collectors.joining())
        : "";
  }

  private static String reason(JsonProcessingException e) {
    return switch (e.getCause()) {
      case NullPointerException missing -> missing.getMessage() + " is missing";
      case IllegalArgumentException wrong -> String.valueOf(wrong.getMessage());
      case null, default -> Printable.shortened(String.valueOf(e.getOriginalMessage()));
    };
  }

  public static void write(OutputStream out, Object value) throws IOException {
    MAPPER.writeValue(out, value);
  }

  public static ObjectMapper mapper() {
    return MAPPER;
  }

  private static SimpleModule values() {
    SimpleModule module = new SimpleModule("values");
    text(module, AccountId.class, AccountId::new);
    text(module, Cidr.class, Cidr::new);
    text(module, InstanceId.class, InstanceId::new);
    text(module, PeeringId.class, PeeringId::new);
    text(module, Place.class, Place::of);
    text(module, Port.class, Port::parse);
    text(module, Region.class, Region::new);
    text(module, ReportLine.class, ReportLine::read);
    text(module, RouteTableId.class, RouteTableId::new);
    text(module, SecurityGroupId.class, SecurityGroupId::new);
    text(module, Subject.class, Subject::of);
    text(module, VpcId.class, VpcId::new);
    module.addSerializer(Start.class, new WrittenStart());
    module.addDeserializer(Start.class, new ReadStart());
    return module;
  }

  /** What is to be started is written as the workflows read it. */
  private static final class WrittenStart extends JsonSerializer<Start> {
    @Override
    public void serialize(Start start, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      provider.defaultSerializeValue(Todo.of(start), out);
    }
  }

  private static final class ReadStart extends JsonDeserializer<Start> {
    @Override
    public Start deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return context.readValue(in, Todo.class).start();
    }
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
