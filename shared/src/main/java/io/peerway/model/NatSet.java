package io.peerway.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What the VPN instances shall translate: from a client to a service, and nothing else.
 *
 * @param generation time of the AWS read it comes from, milliseconds since 1970; an instance keeps
 *     the newer of two
 */
public record NatSet(List<Cidr> clients, List<Cidr> services, long generation) {

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
