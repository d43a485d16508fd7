package io.peerway.aws;

import io.peerway.model.value.Subject;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ApiName;

/**
 * Says in every call which connection it is for: CloudTrail keeps the user agent, here {@code …
 * peerway/pcx-…}.
 */
final class Caller {
  private Caller() {}

  static AwsRequestOverrideConfiguration named(Subject subject) {
    return named(subject.value());
  }

  /** For calls that are made for no single connection or account. */
  static AwsRequestOverrideConfiguration named(String purpose) {
    return AwsRequestOverrideConfiguration.builder()
        .addApiName(ApiName.builder().name("peerway").version(purpose).build())
        .build();
  }
}
