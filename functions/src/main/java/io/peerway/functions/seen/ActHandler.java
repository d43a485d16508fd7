package io.peerway.functions.seen;

import static io.peerway.aws.AwsPorts.Need.RECONCILE_ONE;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.peerway.functions.Json;
import io.peerway.functions.OnLambda;
import io.peerway.functions.seen.html.RunHtml;
import io.peerway.model.Environment;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.Aws;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts {@code reconcile} for one connection, as a person has asked by a button, and confirmed.
 */
public final class ActHandler implements RequestStreamHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ActHandler.class);

  // Who presses twice has pressed once: the name of an execution is given once.
  private static final Duration ONCE = Duration.ofSeconds(20);

  private final Aws aws;
  private final Places places;

  public ActHandler() {
    this(OnLambda.aws(RECONCILE_ONE), OnLambda.environment());
  }

  ActHandler(Aws aws, Environment environment) {
    this.aws = aws;
    this.places = Places.of(environment);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Json.write(out, Answered.of(in, context, event -> answer(event, context)));
  }

  private String answer(WidgetEvent event, Context context) {
    boolean repair = event.isRepair();
    PeeringId id = event.id();
    String what = (repair ? "repair" : "plan") + " of " + id;
    String run =
        "%s-%s-%d"
            .formatted(id, repair ? "repair" : "plan", aws.clock().millis() / ONCE.toMillis());
    boolean isNew = aws.workflows().startReconcile(run, id, repair);
    LOG.info(isNew ? "started {}, asked on a dashboard" : "{} had begun already", run);
    return RunHtml.started(
        event.page(), places.actedBy(context.getInvokedFunctionArn()), what, run, isNew);
  }
}
