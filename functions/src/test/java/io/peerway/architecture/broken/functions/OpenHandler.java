package io.peerway.architecture.broken.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.peerway.architecture.broken.model.AnsweredAtTheEdge;

/** Neither final nor made without parameters; asks a port when it is made. */
public class OpenHandler implements RequestHandler<String, String> {
  private final String answer;

  public OpenHandler(AnsweredAtTheEdge port) {
    answer = port.answer();
  }

  @Override
  public String handleRequest(String input, Context context) {
    return answer;
  }
}
