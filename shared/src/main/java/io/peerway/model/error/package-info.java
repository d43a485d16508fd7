/**
 * The closed vocabulary of failures. Class names are what a workflow's {@code Retry} and {@code
 * Catch} name, and what the console shows, so each says what happened; each message says for which
 * connection, with which value, and what to do.
 */
@NullMarked
package io.peerway.model.error;

import org.jspecify.annotations.NullMarked;
