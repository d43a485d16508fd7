package io.peerway.plan.notices;

import io.peerway.model.Connection;
import io.peerway.model.Mending;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.PeeringId;

/** What people are told of what others take away. */
public final class RestoredNotice {
  private static final String HINT =
      "If a tool does it, docs/deploy.md (\"Beside Terraform, CloudFormation or CDK\") says how"
          + " it leaves ours alone";

  private RestoredNotice() {}

  /** Our tags on a peering connection, written again. */
  public static Notice tags(Connection connection, Mending mends) {
    return Notice.of(
        "restored",
        connection.peeringId(),
        connection.service(),
        "Peerway: " + connection.peeringId() + " tags restored",
        "Somebody took tags of Peerway (peerway:…) off %s in the hub account, or wrote over them%s. They say what is connected; nobody was cut off, and they were written again with %s.%n"
                .formatted(connection.peeringId(), by(mends), connection.service().cidrs())
            + "In Terraform, give the AWS provider of the hub account ignore_tags { key_prefixes ="
            + " [\"peerway:\"] }. If it happens again today, they are restored without a word.");
  }

  /** Routes or openings that somebody removes as often as they are restored. */
  public static Notice removedAgainAndAgain(PeeringId peering, VpcSide service, Mending mends) {
    return Notice.of(
        "restored",
        peering,
        service,
        "Peerway: " + peering + " taken apart again and again",
        "What connects %s was removed more than %d times within an hour; missing at last: %s%s. From now on the hourly run restores it, until nobody has removed anything for an hour.%n"
                .formatted(peering, Restorations.AT_MOST, mends.what(), by(mends))
            + HINT
            + ".");
  }

  private static String by(Mending mends) {
    return mends.by() == null ? "" : ": " + mends.by();
  }
}
