package io.peerway.workflows;

import java.util.List;
import java.util.stream.Stream;

/**
 * What happens, and in which order it comes to us.
 *
 * @param happenings in the order in which they happen
 * @param turns where the order of everything else departs from "one after the other"
 */
record Life(List<Happening> happenings, List<Turn> turns) {

  /** Reads what a failed one prints. */
  static Life of(String happenings, String turns) {
    return new Life(
        Stream.of(happenings.split(", ")).map(Happening::of).toList(),
        Stream.of(turns.split(", ")).map(Turn::of).toList());
  }

  /**
   * A fact whose event is delivered so often.
   *
   * @param deliveries at least one
   */
  record Happening(Fact fact, int deliveries) {
    private static Happening of(String printed) {
      String[] parts = printed.split("x", 2);
      return new Happening(
          Fact.valueOf(parts[0]), parts.length == 1 ? 1 : Integer.parseInt(parts[1]));
    }

    @Override
    public String toString() {
      return deliveries == 1 ? fact.toString() : fact + "x" + deliveries;
    }
  }

  /**
   * After so many calls as they come, something else goes on than would have.
   *
   * @param choice of what could go on: executions, undelivered events, the next fact
   */
  record Turn(int after, int choice) {
    private static Turn of(String printed) {
      String[] parts = printed.split(":", 2);
      return new Turn(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    @Override
    public String toString() {
      return after + ":" + choice;
    }
  }
}
