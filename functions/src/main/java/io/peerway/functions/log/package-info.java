/**
 * The log: one JSON object a line on standard output, with what {@link org.slf4j.MDC} holds (the
 * connection, the execution, what Powertools adds) beside level and message.
 *
 * <p>Logback, configured here without a file: to log one line, log4j with its JSON layout took 1.3
 * s of a processor where this takes 0.2 s, on the same busy machine; a third of that was XML.
 */
@NullMarked
package io.peerway.functions.log;

import org.jspecify.annotations.NullMarked;
