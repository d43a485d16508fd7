package io.peerway.architecture.broken.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

public final class NeedyHandler implements RequestHandler<String, String> {
  NeedyHandler() {}

  @Override
  public String handleRequest(String input, Context context) {
    return input;
  }
}
