package io.peerway.model.port;

/** Says why somebody cannot reach something: the workflow {@code diagnose}. */
public interface Doctor {

  /** What has become of a question. */
  sealed interface Outcome {}

  /**
   * It was answered.
   *
   * @param json the answer
   */
  record Answered(String json) implements Outcome {}

  /** The workflow failed, or ran out of time. */
  record Failed(String error, String cause) implements Outcome {}

  /**
   * Asks, and waits for the answer.
   *
   * @param question as JSON: {@code {"to": …, "port": …, "protocol": …}}
   */
  Outcome answer(String question);
}
