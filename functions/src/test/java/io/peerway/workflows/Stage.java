package io.peerway.workflows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Runs pieces of work side by side, one at a time, each only up to its next call of AWS: which one
 * goes on then, somebody else decides. The same decisions give the same run.
 */
final class Stage {

  /** One piece of work. */
  final class Actor {
    private final String name;
    private final Runnable work;
    private final Semaphore turn = new Semaphore(0);
    private @Nullable Thread thread;
    private boolean waiting;
    private boolean ended;
    private @Nullable Throwable failure;

    private Actor(String name, Runnable work) {
      this.name = name;
      this.work = work;
    }

    String name() {
      return name;
    }

    /** Whether it lets time pass, and would rather let others go on. */
    boolean isWaiting() {
      return waiting;
    }

    /** What it ended with, if that was a failure. */
    @Nullable Throwable failure() {
      return failure;
    }

    /** Goes on up to the next call, or to its end. */
    void goOn() {
      current = this;
      if (thread == null) {
        thread = Thread.ofVirtual().unstarted(this::run);
        thread.start();
      } else {
        turn.release();
      }
      director.acquireUninterruptibly();
      current = null;
    }

    private void run() {
      try {
        work.run();
      } catch (RuntimeException | Error e) {
        failure = e;
      }
      ended = true;
      director.release();
    }

    private void pause() {
      director.release();
      turn.acquireUninterruptibly();
    }
  }

  private final Semaphore director = new Semaphore(0);
  private final List<Actor> actors = new ArrayList<>();
  private @Nullable Actor current;

  Actor enter(String name, Runnable work) {
    Actor actor = new Actor(name, work);
    actors.add(actor);
    return actor;
  }

  /** Those that have not ended, in the order in which they came. */
  List<Actor> acting() {
    return actors.stream().filter(actor -> !actor.ended).toList();
  }

  List<Actor> all() {
    return List.copyOf(actors);
  }

  /** The name of whoever is at work; empty for somebody off the stage. */
  String speaker() {
    Actor actor = current;
    return actor == null ? "" : actor.name;
  }

  /** Called by whoever is at work, before each call: the others may go on. */
  void pause() {
    Actor actor = current;
    if (actor != null) {
      actor.pause();
    }
  }

  /** Called by whoever is at work, to let time pass. */
  void await() {
    Actor actor = current;
    if (actor != null) {
      actor.waiting = true;
      actor.pause();
      actor.waiting = false;
    }
  }
}
