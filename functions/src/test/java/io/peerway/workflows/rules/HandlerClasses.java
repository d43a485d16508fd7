package io.peerway.workflows.rules;

import io.peerway.workflows.rules.Stack.LambdaFunction;
import java.util.Optional;

/** The classes behind the functions of the template. */
final class HandlerClasses {
  private HandlerClasses() {}

  static Optional<Class<?>> find(LambdaFunction function) {
    try {
      return Optional.of(
          Class.forName(function.handler(), false, HandlerClasses.class.getClassLoader()));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }
}
