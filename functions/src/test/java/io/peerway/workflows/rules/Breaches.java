package io.peerway.workflows.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;

/** How a rule is put to the project, and to a definition that breaks it. */
final class Breaches {
  private static final Project OURS = Project.ours();

  private Breaches() {}

  /** Fails with every breach of the rule in this repository. */
  static void noneOf(Function<Project, List<String>> rule) {
    assertThat(OURS.workflows()).as("workflows/*.asl.json").isNotEmpty();
    List<String> breaches = rule.apply(OURS);
    if (!breaches.isEmpty()) {
      throw new AssertionError("\n" + String.join("\n", breaches));
    }
  }
}
