package io.peerway.model.network;

/** The tags people and Peerway talk by. */
public final class Tags {
  /** What all of them begin with. */
  public static final String PREFIX = "peerway:";

  /** On a service VPC: {@code true} asks for a connection. */
  public static final String CONNECT = "peerway:connect";

  /** On an instance of the hub VPC: {@code vpn} makes it a VPN instance. */
  public static final String ROLE = "peerway:role";

  /**
   * On the hub side of a peering connection: a person's {@code approve} or {@code refuse}; with
   * CIDRs behind {@code approve} it approves these.
   */
  public static final String DECISION = "peerway:decision";

  /** On a route table: {@code skip} leaves it alone. */
  public static final String ROUTES = "peerway:routes";

  /** On a service security group: what it opens to the VPN, such as {@code tcp/22,icmp}. */
  public static final String ALLOW = "peerway:allow";

  /**
   * Ours, on the hub side of a peering connection: the admitted service CIDRs, separated by spaces.
   * Empty: withdrawn, because the connection has to end. Without the tag nobody has admitted it, or
   * somebody has taken our tags off.
   */
  public static final String CIDRS = "peerway:cidrs";

  /**
   * Ours, on the hub side of a peering: who has asked for a connection that was let in, {@link
   * #BY_TAG} or {@link #BY_REQUEST}. It outlives the claim.
   */
  public static final String BY = "peerway:by";

  /** The service VPC's tag has asked. */
  public static final String BY_TAG = "tag";

  /** People have asked, by a request of their own. */
  public static final String BY_REQUEST = "request";

  /** In place of these on a request by people that waits for approval: they were told. */
  public static final String BY_WAITING = "waiting";

  /**
   * Ours, on the hub side of a peering: CIDRs of the service VPC that came later and were refused,
   * separated by spaces. The connection goes on without them.
   */
  public static final String LEFT_OUT = "peerway:left-out";

  /**
   * Ours, on the hub side of a peering: how often of late what others removed was restored, since
   * when, and by which execution.
   */
  public static final String RESTORED = "peerway:restored";

  /**
   * Ours, on the hub side of a pending request that was told to wait until the hub VPC has room for
   * it: the CIDRs that it needs room for. Empty once there was.
   */
  public static final String WAITS_FOR = "peerway:waits-for-room";

  /**
   * Ours, on the hub side of a peering: people were told that VPN clients do not get through to it.
   * Empty: they were told since that they do.
   */
  public static final String OBSTRUCTED = "peerway:obstructed";

  /**
   * Ours, on the hub side of a peering: its service VPC is empty, and our group holds up its
   * deletion. The connection ends, and the VPC's tag does not ask again at once.
   */
  public static final String ENDS = "peerway:ends";

  /**
   * Ours, on the hub side of a peering: which slips in the tags of its service VPC's groups people
   * were told of. Empty once none is left.
   */
  public static final String SLIPS = "peerway:slips";

  /**
   * Ours, on the hub side of a peering: accounts that have tagged a VPC with an address of its,
   * separated by spaces. They are looked at when it ends.
   */
  public static final String WANTED_BY = "peerway:wanted-by";

  /**
   * Ours, on the hub VPC: with a service VPC's id behind it, that VPC was refused by a person. It
   * outlives the peering connection, so that the VPC's tag cannot ask again.
   */
  public static final String REFUSED_PREFIX = "peerway:refused:";

  /**
   * Ours, on the security group that we make in a service VPC: the hub VPC it opens the service VPC
   * to.
   */
  public static final String HUB = "peerway:hub";

  /**
   * Ours, on the hub side of a peering: when it was let in, and by which execution of {@code
   * connect}. People read it; nothing hangs on it.
   */
  public static final String LET_IN = "peerway:let-in";

  /**
   * Ours, on the hub side of a peering: the service account's name when it was let in. People read
   * it; nothing hangs on it.
   */
  public static final String ACCOUNT = "peerway:account";

  private Tags() {}
}
