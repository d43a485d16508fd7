package io.peerway.plan.findings;

import io.peerway.model.Parties;
import io.peerway.model.network.Peering;
import io.peerway.model.network.RegionalVpc;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One execution that a repair runs. To mend a connection is to run {@code connect} for it, which
 * decides anew by its own reads; to end one is to run {@code disconnect}.
 *
 * @param at as in {@link Finding}
 * @param vpcId and {@code region}: of a VPC that has to ask for a peering first, or to be left
 */
public record Repair(
    Kind kind,
    String at,
    AccountId accountId,
    @Nullable PeeringId peeringId,
    @Nullable Region region,
    @Nullable VpcId vpcId,
    String reason) {

  /** What is run. */
  public enum Kind {
    /** The VPC asks for a peering, then {@code connect}. */
    REQUEST,
    CONNECT,
    DISCONNECT,
    /** What an ended connection has left in the VPC is taken away. */
    LEAVE
  }

  public Repair {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(accountId, "accountId");
    Objects.requireNonNull(reason, "reason");
  }

  /** With no more than so many characters of its reason, which the report has in full. */
  Repair shortened(int characters) {
    return reason.length() <= characters
        ? this
        : new Repair(
            kind, at, accountId, peeringId, region, vpcId, reason.substring(0, characters) + "…");
  }

  public static Repair connect(Peering peering, VpcId hub, String reason) {
    return of(Kind.CONNECT, peering, hub, reason);
  }

  public static Repair disconnect(Peering peering, VpcId hub, String reason) {
    return of(Kind.DISCONNECT, peering, hub, reason);
  }

  private static Repair of(Kind kind, Peering peering, VpcId hub, String reason) {
    AccountId account = Parties.service(peering, hub).account();
    return new Repair(kind, peering.id().value(), account, peering.id(), null, null, reason);
  }

  public static Repair leave(
      String at, AccountId account, Region region, VpcId vpc, String reason) {
    return new Repair(Kind.LEAVE, at, account, null, region, vpc, reason);
  }

  public static Repair request(AccountId account, RegionalVpc wanted, String reason) {
    VpcId vpc = wanted.vpc().id();
    return new Repair(Kind.REQUEST, vpc.value(), account, null, wanted.region(), vpc, reason);
  }
}
