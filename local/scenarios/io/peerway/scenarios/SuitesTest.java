package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.platform.suite.api.SelectClasses;

class SuitesTest {

  @Test
  @DisplayName("every class of scenarios is in one suite, and runs once")
  void complete() throws IOException, URISyntaxException {
    List<String> selected =
        Stream.of(HubSuite.class, ConnectionSuite.class, ServiceSuite.class)
            .flatMap(suite -> Stream.of(suite.getAnnotation(SelectClasses.class).value()))
            .map(Class::getSimpleName)
            .sorted()
            .toList();
    Path classes = Path.of(SuitesTest.class.getResource("").toURI());
    try (Stream<Path> files = Files.list(classes)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString().replace(".class", ""))
                  .filter(name -> name.endsWith("Scenarios"))
                  .filter(name -> !name.equals("PermissionScenarios"))
                  .sorted())
          .isEqualTo(selected);
    }
  }
}
