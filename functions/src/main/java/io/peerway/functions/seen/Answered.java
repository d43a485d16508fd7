package io.peerway.functions.seen;

import com.amazonaws.services.lambda.runtime.Context;
import io.peerway.functions.seen.html.Page;
import io.peerway.functions.seen.html.Theme;
import io.peerway.model.error.MalformedEvent;
import io.peerway.model.error.PeerwayException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * An answer to a widget, whatever comes: a dashboard shows of a function that fails no more than
 * that it did. What somebody can mend is said where they look.
 */
final class Answered {
  private static final Logger LOG = LoggerFactory.getLogger(Answered.class);
  private static final int USUAL = 800;

  private Answered() {}

  static String of(InputStream in, Context context, Function<WidgetEvent, String> answer)
      throws IOException {
    WidgetEvent event;
    try {
      event = WidgetEvent.read(in);
    } catch (MalformedEvent e) {
      return new Page(Theme.LIGHT, USUAL).error("Not understood", String.valueOf(e.getMessage()));
    }
    return PowertoolsLogging.withLogging(context, () -> answered(event, answer));
  }

  private static String answered(WidgetEvent event, Function<WidgetEvent, String> answer) {
    try {
      return answer.apply(event);
    } catch (MalformedEvent e) {
      LOG.info("not understood: {}", e.getMessage());
      return event.page().error("Not understood", String.valueOf(e.getMessage()));
    } catch (PeerwayException e) {
      LOG.warn("not answered", e);
      return event
          .page()
          .error(
              "Could not be read",
              e.getClass().getSimpleName() + ": " + String.valueOf(e.getMessage()));
    }
  }
}
