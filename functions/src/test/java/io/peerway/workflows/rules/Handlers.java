package io.peerway.workflows.rules;

import io.peerway.workflows.rules.Stack.LambdaFunction;
import java.util.Optional;

/** The classes behind the functions of the template. */
final class Handlers {
  private Handlers() {}

  static Optional<Class<?>> find(LambdaFunction function) {
    try {
      return Optional.of(Class.forName(function.handler(), false, Handlers.class.getClassLoader()));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }
}
