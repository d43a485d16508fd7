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
    return AwsRequestOverrideConfiguration.builder()
        .addApiName(ApiName.builder().name("peerway").version(peering.value()).build())
        .build();
  }
}
