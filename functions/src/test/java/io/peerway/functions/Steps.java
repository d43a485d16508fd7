package io.peerway.functions;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a step is given, as its class says it and as the step itself would read it. */
public final class Steps {
  private Steps() {}

  /** The input record of a handler; none if the handler is no {@link Step}. */
  public static Optional<Class<?>> input(Class<?> handler) {
    return argument(handler, 0);
  }

  /** What a handler answers; none if it is no {@link Step}, or answers no record of its own. */
  public static Optional<Class<?>> answer(Class<?> handler) {
    return argument(handler, 1);
  }

  private static Optional<Class<?>> argument(Class<?> handler, int which) {
    return handler.getGenericSuperclass() instanceof ParameterizedType step
            && step.getRawType() == Step.class
            && step.getActualTypeArguments()[which] instanceof Class<?> type
        ? Optional.of(type)
        : Optional.empty();
  }

  /** Reads {@code json} as a step does, with the step's own failures. */
  public static Object read(Class<?> input, String json) throws IOException {
    return Json.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), input);
  }
}
