package io.peerway.model;

/** A VPC and the Region it lies in. */
public record RegionalVpc(Region region, Vpc vpc) {}
