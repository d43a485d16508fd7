package io.peerway.model.network;

import io.peerway.model.value.Region;

/** A VPC and the Region it lies in. */
public record RegionalVpc(Region region, Vpc vpc) {}
