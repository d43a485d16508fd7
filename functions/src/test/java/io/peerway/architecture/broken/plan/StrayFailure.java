package io.peerway.architecture.broken.plan;

final class StrayFailure extends RuntimeException {}
