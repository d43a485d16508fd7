package io.peerway.model.port;

import java.time.Instant;

/** An execution that has ended well: when it began, and what it answered, as JSON. */
public record PastRun(Instant startedAt, String output) {}
