package io.peerway.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A state machine's definition, as its file has it. */
record Definition(JsonNode machine) {

  /** The definition in a file of workflows/. */
  static Definition read(Path file) {
    try {
      return new Definition(new ObjectMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name in a Resource such as <code>${AdmitFunction}</code>. */
  static String resource(JsonNode task) {
    return task.get("Resource").asText().replaceAll("[${}]", "");
  }
}
