package io.peerway.architecture.broken.model.error;

public abstract class PeerwayException extends RuntimeException {}
