package io.peerway.plan.account;

import io.peerway.model.network.RegionalVpc;
import io.peerway.model.port.Network;
import io.peerway.model.value.Region;
import io.peerway.plan.notices.Status;
import io.peerway.plan.notices.StatusTag;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the tag of a VPC for its team has to say.
 *
 * @param says empty: there is nothing to say, and no tag
 */
public record StatusChange(RegionalVpc at, Optional<Status> says) {
  /** A team may have any number of VPCs with a tag that it has written itself. */
  private static final int AT_ONCE = 20;

  /** Those of these that are to be written now. */
  public static List<StatusChange> due(List<StatusChange> all) {
    return all.stream().filter(StatusChange::isDue).limit(AT_ONCE).toList();
  }

  private boolean isDue() {
    String now = at.vpc().status();
    return says.map(status -> !status.isSaidBy(now)).orElse(!now.isEmpty());
  }

  /**
   * Writes it, or takes the tag off.
   *
   * @return why that cannot be done, in a word
   */
  public Optional<String> made(Function<Region, Network> inside, Consumer<String> log) {
    StatusTag tag = new StatusTag(inside.apply(at.region()), at.vpc().id(), log);
    return says.map(status -> tag.say(at.vpc().status(), status)).orElseGet(tag::takeOff);
  }

  /** As a line of a plan. */
  @Override
  public String toString() {
    return says.map(status -> "write into its tag peerway:status: " + status)
        .orElse("take its tag peerway:status off");
  }
}
