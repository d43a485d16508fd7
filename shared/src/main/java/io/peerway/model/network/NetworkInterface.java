package io.peerway.model.network;

import io.peerway.model.value.Cidr;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network interface, which is what has an address of a VPC.
 *
 * @param id such as {@code eni-…}
 * @param address its primary one, as a prefix of length 32
 * @param instance that it is attached to; null where it is another service's, or nobody's
 */
public record NetworkInterface(
    String id,
    VpcId vpc,
    String subnet,
    List<SecurityGroupId> groups,
    Cidr address,
    @Nullable InstanceId instance) {}
