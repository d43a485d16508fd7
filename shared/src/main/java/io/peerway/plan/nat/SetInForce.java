package io.peerway.plan.nat;

import io.peerway.model.value.Cidr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the document on a VPN instance found in force when it was asked only, read from the kernel.
 *
 * @param generation of the set it saved last, milliseconds since 1970; 0 where it has none
 * @param services null where the list was too long for Run Command's output
 * @param servicesDigest as in {@link io.peerway.model.NatSet#servicesDigest}
 * @param rules whether the whole table is as we write it: its flags, chains and rules besides the
 *     sets
 * @param saved whether the file that is loaded at boot has the same sets
 * @param forward whether the instance forwards packets at all
 * @param boot {@code installed}, {@code missing}, or {@code no-systemd}
 */
public record SetInForce(
    String outcome,
    long generation,
    List<Cidr> clients,
    @Nullable List<Cidr> services,
    String servicesDigest,
    boolean rules,
    boolean saved,
    boolean forward,
    String boot) {

  /** The same with what is known of its services from elsewhere. */
  public SetInForce having(List<Cidr> known) {
    return new SetInForce(
        outcome, generation, clients, known, servicesDigest, rules, saved, forward, boot);
  }
}
