package io.peerway.model;

import java.util.List;
import java.util.Map;

/**
 * A security group with the openings that have the shape of ours (one port, one IPv4 source).
 * Others stay unread, and therefore untouched.
 */
public record SecurityGroup(
    SecurityGroupId id, String name, List<Ingress> ingress, Map<String, String> tags) {}
