package io.peerway.model.network;

/** The life of a VPC peering connection, as EC2 names it. */
public enum PeeringStatus {
  INITIATING_REQUEST,
  PENDING_ACCEPTANCE,
  PROVISIONING,
  ACTIVE,
  FAILED,
  EXPIRED,
  REJECTED,
  DELETING,
  DELETED;

  /** The code of {@code DescribeVpcPeeringConnections}, such as {@code pending-acceptance}. */
  public static PeeringStatus ofCode(String code) {
    return valueOf(code.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
  }

  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** Accepted by somebody: packets pass, or will in a moment. */
  public boolean isAccepted() {
    return switch (this) {
      case PROVISIONING, ACTIVE -> true;
      case INITIATING_REQUEST, PENDING_ACCEPTANCE, FAILED, EXPIRED, REJECTED, DELETING, DELETED ->
          false;
    };
  }

  /** Not accepted yet, but may be. */
  public boolean isPending() {
    return switch (this) {
      case INITIATING_REQUEST, PENDING_ACCEPTANCE -> true;
      case PROVISIONING, ACTIVE, FAILED, EXPIRED, REJECTED, DELETING, DELETED -> false;
    };
  }
}
