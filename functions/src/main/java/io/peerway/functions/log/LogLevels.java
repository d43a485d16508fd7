package io.peerway.functions.log;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import software.amazon.lambda.powertools.logging.internal.LoggingManager;

/**
 * How Powertools reads and sets levels: POWERTOOLS_LOG_LEVEL works (its documentation, "Logging",
 * "Log level"). Found as a service; what Powertools has for Logback brings an encoder that reads
 * XML besides.
 */
public final class LogLevels implements LoggingManager {

  @Override
  public void setLogLevel(Level level) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context
          .getLogger(Logger.ROOT_LOGGER_NAME)
          .setLevel(ch.qos.logback.classic.Level.convertAnSLF4JLevel(level));
    }
  }

  @Override
  public Level getLogLevel(Logger logger) {
    return logger instanceof ch.qos.logback.classic.Logger known
        ? Level.valueOf(known.getEffectiveLevel().toString())
        : Level.INFO;
  }
}
