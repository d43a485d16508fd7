package io.peerway.architecture.broken.model;

import io.peerway.architecture.broken.plan.ReadsJson;

public record KnowsThePlan(ReadsJson plan) {}
