package io.peerway.functions.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogLineTest {
  private final LoggerContext context = new LoggerContext();

  @Test
  void a_line_has_what_belongs_to_the_invocation_beside_level_and_message()
      throws JsonProcessingException {
    assertThat(line(null, "started {}", "pcx-1"))
        .isEqualTo(
            "{\"timestamp\":\"2026-11-29T10:00:00Z\",\"level\":\"INFO\",\"message\":\"started pcx-1\","
                + "\"connection\":\"pcx-0a1b2c3d4e5f60718\",\"execution\":\"x\"}\n");
  }

  @Test
  void whatever_a_message_holds_it_is_one_line() throws JsonProcessingException {
    String text = "a \"quoted\"\nPeerway: connected\r\u202e";
    String line = line(null, text);
    assertThat(line).hasLineCount(1);
    assertThat(read(line).get("message").asText()).isEqualTo(text);
  }

  @Test
  void an_exception_is_told_with_its_cause() throws JsonProcessingException {
    Exception failure = new IllegalStateException("over", new IllegalArgumentException("under"));
    assertThat(read(line(failure, "failed")).get("error").asText())
        .contains("IllegalStateException: over", "Caused by: ", "IllegalArgumentException: under");
  }

  @Test
  void what_functions_log_is_configured_here() {
    assertThat(LoggerFactory.getILoggerFactory()).isInstanceOf(LoggerContext.class);
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    assertThat(root.getLevel()).isEqualTo(Level.INFO);
    assertThat(root.iteratorForAppenders()).toIterable().hasSize(1);
    assertThat(LoggerFactory.getLogger("software.amazon.awssdk.request").isInfoEnabled()).isFalse();
  }

  @Test
  void powertools_sets_and_reads_the_level() {
    LogLevels levels = new LogLevels();
    org.slf4j.Logger mine = LoggerFactory.getLogger(LogLineTest.class);
    assertThat(levels.getLogLevel(mine)).isEqualTo(org.slf4j.event.Level.INFO);
    levels.setLogLevel(org.slf4j.event.Level.DEBUG);
    assertThat(levels.getLogLevel(mine)).isEqualTo(org.slf4j.event.Level.DEBUG);
    levels.setLogLevel(org.slf4j.event.Level.INFO);
    assertThat(mine.isDebugEnabled()).isFalse();
  }

  private String line(Throwable failure, String message, Object... values) {
    LoggingEvent event =
        new LoggingEvent("x", context.getLogger("x"), Level.INFO, message, failure, values);
    event.setInstant(Instant.parse("2026-11-29T10:00:00Z"));
    event.setMDCPropertyMap(Map.of("execution", "x", "connection", "pcx-0a1b2c3d4e5f60718"));
    return new String(new LogLine().encode(event), StandardCharsets.UTF_8);
  }

  private static JsonNode read(String line) throws JsonProcessingException {
    return new ObjectMapper().readTree(line);
  }
}
