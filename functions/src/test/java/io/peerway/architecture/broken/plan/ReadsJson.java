package io.peerway.architecture.broken.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.peerway.architecture.broken.model.KnowsThePlan;

public record ReadsJson(JsonNode json, KnowsThePlan back) {}
