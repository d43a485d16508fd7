package io.peerway.plan.doctor;

import io.peerway.model.Connection;
import io.peerway.model.VpnInstance;
import io.peerway.model.value.Cidr;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the way so far, and what the VPN instances were sent.
 *
 * @param address as a prefix of length 32
 * @param faceless why no network interface can be looked at, where a connection was asked for and
 *     none was found in it
 * @param instances the VPN instances; null where they could not be read
 * @param report the command that asks what is in force on them
 * @param probe the command that tries to reach the address
 * @param wanted the digest of the set that they were asked about, where the address is in it: of a
 *     set that is too long to be listed it says that they have all of it
 * @param since when they were sent, milliseconds since 1970
 */
public record Underway(
    Cidr address,
    @Nullable String faceless,
    Connection connection,
    @Nullable List<VpnInstance> instances,
    Order report,
    Order probe,
    @Nullable String wanted,
    long since) {

  public Underway {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(report, "report");
    Objects.requireNonNull(probe, "probe");
  }
}
