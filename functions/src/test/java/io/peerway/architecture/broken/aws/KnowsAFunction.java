package io.peerway.architecture.broken.aws;

import io.peerway.architecture.broken.functions.OpenHandler;

record KnowsAFunction(OpenHandler handler) {}
