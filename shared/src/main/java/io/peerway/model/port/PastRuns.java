package io.peerway.model.port;

import java.util.List;

/** What earlier executions of {@code reconcile} found; AWS keeps them for 90 days. */
public interface PastRuns {
  /** The latest executions that ended well, the newest first. */
  List<PastRun> latest(int atMost);
}
