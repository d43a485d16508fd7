package io.peerway.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Subject;
import io.peerway.plan.Aws;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * A task of a workflow: one JSON object in, one out. A failure is thrown, never logged here as
 * well: its class is the error that the workflow names, its message the cause that the console
 * shows.
 *
 * @param <I> input
 * @param <O> output
 */
public abstract class Step<I extends Step.Input, O> implements RequestStreamHandler {

  /** What every task is told. */
  public interface Input {
    /** The connection or the account it works for, or all connections. */
    Subject subject();

    /** The name of the execution, for the log. */
    @Nullable String execution();

    /** The same, with a word where a person has invoked the function by hand. */
    default String executionName() {
      return Objects.requireNonNullElse(execution(), "none");
    }
  }

  private final Class<I> input;
  protected final Aws aws;

  protected Step(Class<I> input, Aws aws) {
    this.input = input;
    this.aws = aws;
  }

  @Override
  public final void handleRequest(InputStream in, OutputStream out, Context context)
      throws IOException {
    I request = Json.read(in, input);
    O answer =
        PowertoolsLogging.withLogging(
            context,
            () -> {
              MDC.put(
                  switch (request.subject()) {
                    case PeeringId peering -> "connection";
                    case AccountId account -> "account";
                    case AllConnections all -> "connection";
                  },
                  request.subject().value());
              MDC.put("execution", request.executionName());
              return run(request);
            });
    Json.write(out, answer);
  }

  /** Does the step. A second time it finds its work done and changes nothing. */
  protected abstract O run(I request);
}
