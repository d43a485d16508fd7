package io.peerway.architecture.broken.model.error;

class OpenFailure extends PeerwayException {}
