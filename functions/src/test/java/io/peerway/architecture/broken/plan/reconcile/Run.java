package io.peerway.architecture.broken.plan.reconcile;

/** Somebody above. */
public final class Run {}
