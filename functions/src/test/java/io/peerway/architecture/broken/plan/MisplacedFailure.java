package io.peerway.architecture.broken.plan;

import io.peerway.architecture.broken.model.error.PeerwayException;

final class MisplacedFailure extends PeerwayException {}
