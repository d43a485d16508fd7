package io.peerway.workflows;

import java.util.List;

/**
 * What happens, and in which order it comes to us.
 *
 * @param happenings in the order in which they happen
 * @param turns where the order of everything else departs from "one after the other"
 */
record Life(List<Happening> happenings, List<Turn> turns) {

  /**
   * A fact whose event is delivered so often.
   *
   * @param deliveries at least one
   */
  record Happening(Fact fact, int deliveries) {
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
    @Override
    public String toString() {
      return after + ":" + choice;
    }
  }
}
