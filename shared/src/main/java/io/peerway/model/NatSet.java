package io.peerway.model;

import java.util.List;

/**
 * What the VPN instances shall translate: from a client to a service, and nothing else.
 *
 * @param generation time of the AWS read it comes from, milliseconds since 1970; an instance keeps
 *     the newer of two
 */
public record NatSet(List<Cidr> clients, List<Cidr> services, long generation) {}
