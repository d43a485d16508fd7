package io.peerway.model;

import io.peerway.model.value.Cidr;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the VPN instances shall translate: from a client to a service, and nothing else.
 *
 * @param unclaimed CIDRs of services that are connected and whose claim is missing: what of them is
 *     in force on an instance stays in force, and nothing of them is ever added
 * @param generation time of the AWS read it comes from, milliseconds since 1970; an instance keeps
 *     the newer of two
 */
public record NatSet(
    List<Cidr> clients, List<Cidr> services, List<Cidr> unclaimed, long generation) {

  /**
   * A set.
   *
   * @param unclaimed null in one that an earlier release has written
   */
  public NatSet(
      List<Cidr> clients, List<Cidr> services, @Nullable List<Cidr> unclaimed, long generation) {
    this.clients = List.copyOf(clients);
    this.services = List.copyOf(services);
    this.unclaimed = unclaimed == null ? List.of() : List.copyOf(unclaimed);
    this.generation = generation;
  }

  /** A set of services of which each has its claim. */
  public NatSet(List<Cidr> clients, List<Cidr> services, long generation) {
    this(clients, services, List.of(), generation);
  }

  /**
   * SHA-256, in hexadecimal, of the service CIDRs: sorted as text, a line feed after each. A VPN
   * instance reports it instead of a list that would not fit into what Run Command keeps of its
   * output.
   */
  public String servicesDigest() {
    StringBuilder text = new StringBuilder();
    services.stream().map(Cidr::value).sorted().forEach(cidr -> text.append(cidr).append('\n'));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
