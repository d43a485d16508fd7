package io.peerway.scenarios;

import org.jspecify.annotations.Nullable;

/** An execution of {@code connect} that has ended. */
record EndedExecution(String arn, String status, @Nullable String error, @Nullable String cause) {

  boolean succeeded() {
    return status.equals("SUCCEEDED");
  }
}
