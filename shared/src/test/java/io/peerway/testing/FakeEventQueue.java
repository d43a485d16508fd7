package io.peerway.testing;

import io.peerway.model.port.EventQueue;
import io.peerway.model.value.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A queue that keeps what is put back, and what is put aside. */
public final class FakeEventQueue implements EventQueue {

  /** What is put back, and for how long. */
  public record Held(Subject onBehalfOf, String message, Duration after) {}

  private final List<Held> held = new ArrayList<>();
  private final List<String> aside = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();

  @Override
  public void putBack(Subject onBehalfOf, String message, Duration after) {
    held.add(new Held(onBehalfOf, message, after));
  }

  @Override
  public void putAside(String message, String reason) {
    aside.add(message);
    reasons.add(reason);
  }

  /** What was put back, in this order. */
  public List<Held> held() {
    return List.copyOf(held);
  }

  /** Takes all that was put back out again. */
  public List<Held> taken() {
    List<Held> all = held();
    held.clear();
    return all;
  }

  /** The messages that nobody could read. */
  public List<String> aside() {
    return List.copyOf(aside);
  }

  /** Why, in the same order. */
  public List<String> reasons() {
    return List.copyOf(reasons);
  }
}
