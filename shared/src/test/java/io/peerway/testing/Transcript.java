package io.peerway.testing;

import java.util.ArrayList;
import java.util.List;

/** The calls that were made, in their order, each as one line; a change begins with {@code !}. */
public final class Transcript {

  private final List<String> lines = new ArrayList<>();
  private Runnable beforeEachCall = () -> {};

  /** Runs before the effect of every call: others may be at work meanwhile. */
  public void beforeEachCall(Runnable others) {
    beforeEachCall = others;
  }

  void read(String who, String what) {
    beforeEachCall.run();
    lines.add("  " + who + ": " + what);
  }

  void change(String who, String what) {
    beforeEachCall.run();
    lines.add("! " + who + ": " + what);
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** Only what changed something, or could have. */
  public List<String> changes() {
    return lines.stream()
        .filter(line -> line.startsWith("!"))
        .map(line -> line.substring(2))
        .toList();
  }

  public void forget() {
    lines.clear();
  }
}
