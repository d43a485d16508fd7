package io.peerway.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The rig as a child process. It ends when its standard input does, so also when we are killed. */
final class RigProcess implements AutoCloseable {
  private static final Path ROOT = Path.of(System.getProperty("peerway.root", "..")).normalize();

  /** The calls of every rig, a file for each. */
  static final Path CALLS =
      Path.of(System.getProperty("peerway.records", "target")).toAbsolutePath().resolve("calls");

  private final Process process;
  private final Path directory;

  RigProcess() {
    try {
      directory = Files.createTempDirectory("peerway-scenarios-");
      ProcessBuilder rig =
          new ProcessBuilder(
                  ROOT.resolve("scripts/run.sh").toAbsolutePath().toString(),
                  "python",
                  "-m",
                  "local.rig",
                  "serve",
                  "--until-eof",
                  "--unit",
                  "services",
                  "--regions",
                  "eu-west-1," + Rig.OTHER_REGION,
                  "--freezes",
                  "--dir",
                  directory.toString())
              .directory(ROOT.toFile())
              .redirectError(directory.resolve("log").toFile());
      // The workflow waits a tenth of its times, and Lambda repeats a failed event at once.
      rig.environment().put("SFN_WAIT_SCALE", "0.1");
      rig.environment().put("LAMBDA_ASYNC_RETRY_BASE_SECONDS", "0.1");
      process = rig.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the rig says of itself once it is ready. */
  JsonNode description() {
    try (BufferedReader ready = process.inputReader()) {
      if (ready.readLine() == null) {
        throw new IllegalStateException(
            "the rig did not start:\n" + Files.readString(directory.resolve("log")));
      }
      return new ObjectMapper().readTree(directory.resolve("rig.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a program of the repository says, whatever its exit code. */
  static String program(String module, String argument) {
    try {
      Process program =
          new ProcessBuilder(
                  ROOT.resolve("scripts/run.sh").toAbsolutePath().toString(),
                  "python",
                  "-m",
                  module,
                  argument)
              .directory(ROOT.toFile())
              .redirectErrorStream(true)
              .start();
      return new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
    try (Stream<Path> left = Files.walk(directory)) {
      left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }
}
