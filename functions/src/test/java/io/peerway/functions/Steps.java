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
    return handler.getGenericSuperclass() instanceof ParameterizedType step
            && step.getRawType() == Step.class
            && step.getActualTypeArguments()[0] instanceof Class<?> input
        ? Optional.of(input)
        : Optional.empty();
  }

  /** Reads {@code json} as a step does, with the step's own failures. */
  public static Object read(Class<?> input, String json) throws IOException {
    return Json.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), input);
  }
}
