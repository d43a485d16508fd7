package io.peerway.architecture.broken.plan.rules;

import io.peerway.architecture.broken.plan.reconcile.Run;

/** A rule that asks who is asking. */
final class KnowsReconcile {
  Run run = new Run();
}
