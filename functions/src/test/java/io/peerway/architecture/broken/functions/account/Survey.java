package io.peerway.architecture.broken.functions.account;

/** A step of another workflow. */
public final class Survey {}
