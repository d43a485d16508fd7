package io.peerway.plan.report;

import io.peerway.model.value.Place;
import io.peerway.plan.findings.Finding;
import java.util.Objects;

/**
 * That something is not meant to be connected, or not yet.
 *
 * @param sort why
 */
public record Standing(Place at, Finding.Sort sort) {
  public Standing {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(sort, "sort");
  }

  /** Whether it may be connected yet. */
  public boolean waits() {
    return sort != Finding.Sort.REFUSED;
  }
}
