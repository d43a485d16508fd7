package io.peerway.plan.notices;

import io.peerway.model.Connection;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.PeeringId;

/** What people are told of what waits for the end of a freeze, and of what goes through one. */
public final class FreezeNotice {
  private static final String BY_ITSELF =
      "It goes on by itself, within ten minutes of the end of the freeze. To let it through now,"
          + " start %s by hand with the input {\"peeringId\": \"%s\"}.";

  private FreezeNotice() {}

  /**
   * A request that would become a connection.
   *
   * @param freeze of which calendar, and until when, in words
   */
  public static Notice request(Connection connection, String freeze) {
    PeeringId id = connection.peeringId();
    return frozen(
        connection,
        "The peering request %s of %s with %s is admitted, and waits: %s.%n"
                .formatted(id, side(connection), connection.service().cidrs(), freeze)
            + BY_ITSELF.formatted("connect", id)
            + " AWS lets a request expire after seven days: what a tag has asked for is asked for"
            + " again by the daily reconcile after the freeze, any other has to be sent again.");
  }

  /** A connection whose VPC now asks for something else. */
  public static Notice change(Connection connection, String freeze) {
    PeeringId id = connection.peeringId();
    return frozen(
        connection,
        "What %s now asks of its connection %s (it has %s) waits: %s.%nUntil then the connection stays as it was. "
                .formatted(side(connection), id, connection.service().cidrs(), freeze)
            + BY_ITSELF.formatted("connect", id));
  }

  /**
   * A connection that has to end.
   *
   * @param reason why
   */
  public static Notice end(Connection connection, String reason, String freeze) {
    PeeringId id = connection.peeringId();
    return frozen(
        connection,
        "That %s with %s is no longer connected waits: %s.%nWhy it ends: %s. Until then nothing of it is taken away. "
                .formatted(id, side(connection), freeze, reason)
            + BY_ITSELF.formatted("disconnect", id));
  }

  /**
   * What people are told of a change that went through a freeze, with a word that it did.
   *
   * @param words empty where there was none
   */
  public static Notice through(Notice notice, String words) {
    return words.isEmpty() ? notice : notice.and(words);
  }

  private static Notice frozen(Connection connection, String message) {
    PeeringId id = connection.peeringId();
    return Notice.of(
        "frozen",
        id,
        connection.service(),
        "Peerway: " + id + " waits for the end of a freeze",
        message);
  }

  private static String side(Connection connection) {
    VpcSide service = connection.service();
    return "%s (account %s, %s)".formatted(service.vpc(), service.account(), service.region());
  }
}
