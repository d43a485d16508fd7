package io.peerway.architecture.broken.aws;

import io.peerway.architecture.broken.model.AnsweredAtTheEdge;
import software.amazon.awssdk.services.sts.StsClient;

/** Calls AWS when it is made. */
public final class AskedAtOnce implements AnsweredAtTheEdge {
  private final String answer;

  public AskedAtOnce() {
    try (StsClient sts = StsClient.create()) {
      answer = sts.assumeRole(role -> role.roleArn("arn")).assumedRoleUser().arn();
    }
  }

  @Override
  public String answer() {
    return answer;
  }
}
