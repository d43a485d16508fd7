/**
 * The log: one JSON object a line on standard output, with what {@link org.slf4j.MDC} holds (the
 * connection, the execution, what Powertools adds) beside level and message.
 *
 * <p>Logback, configured here without a file: log4j and its JSON layout took half of the time that
 * a function needed for its first answer, a file's XML a tenth of it (make bench, {@code
 * startups}).
 */
@NullMarked
package io.peerway.functions.log;

import org.jspecify.annotations.NullMarked;
