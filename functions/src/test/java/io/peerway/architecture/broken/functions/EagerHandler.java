package io.peerway.architecture.broken.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** Calls AWS itself when it is made. */
public final class EagerHandler implements RequestHandler<String, String> {
  private final String key =
      DefaultCredentialsProvider.builder().build().resolveCredentials().accessKeyId();

  @Override
  public String handleRequest(String input, Context context) {
    return key;
  }
}
