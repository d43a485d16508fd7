package io.peerway.aws;

import io.peerway.model.PeeringId;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ApiName;

/**
 * Says in every call which connection it is for: CloudTrail keeps the user agent, here {@code …
 * peerway/pcx-…}.
 */
final class Caller {
  private Caller() {}

  static AwsRequestOverrideConfiguration named(PeeringId peering) {
    return named(peering.value());
  }

  /** For calls that are made for no single connection. */
  static AwsRequestOverrideConfiguration named(String purpose) {
    return AwsRequestOverrideConfiguration.builder()
        .addApiName(ApiName.builder().name("peerway").version(purpose).build())
        .build();
  }
}
