package io.peerway.architecture.broken.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.peerway.architecture.broken.aws.AskedAtOnce;

/** Makes something that calls AWS when it is made. */
public final class EagerlyHandler implements RequestHandler<String, String> {
  private final AskedAtOnce asked = new AskedAtOnce();

  @Override
  public String handleRequest(String input, Context context) {
    return asked.answer();
  }
}
