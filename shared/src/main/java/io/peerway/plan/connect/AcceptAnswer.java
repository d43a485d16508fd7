package io.peerway.plan.connect;

import io.peerway.model.NatSet;
import io.peerway.model.value.RouteTableId;
import io.peerway.plan.notices.Notice;
import io.peerway.plan.rules.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an admitted request stands.
 *
 * @param waitSeconds when to ask again
 * @param tables the hub's route tables that had none of the routes when the request was accepted;
 *     none where that is not known
 * @param nat of an active one: the NAT set of this moment
 */
public record AcceptAnswer(
    State state,
    int waitSeconds,
    @Nullable Refusal refusal,
    @Nullable List<RouteTableId> tables,
    @Nullable NatSet nat,
    @Nullable Notice notice) {

  /** What the workflow branches on. */
  public enum State {
    ACTIVE,
    PENDING,
    REFUSED,
    /** The hub VPC has no room, which is to be told. */
    FULL,
    /** It has no room, as was told before. */
    WAITING,
    GONE
  }

  static AcceptAnswer active(List<RouteTableId> tables, NatSet nat) {
    return new AcceptAnswer(State.ACTIVE, 0, null, tables, nat, null);
  }

  static AcceptAnswer pending(int seconds, List<RouteTableId> tables) {
    return new AcceptAnswer(
        State.PENDING, seconds, null, tables.isEmpty() ? null : tables, null, null);
  }

  static AcceptAnswer refused(Refusal refusal) {
    return new AcceptAnswer(State.REFUSED, 0, refusal, null, null, null);
  }

  static AcceptAnswer full(@Nullable Notice notice) {
    return new AcceptAnswer(
        notice == null ? State.WAITING : State.FULL, 0, null, null, null, notice);
  }

  static AcceptAnswer gone() {
    return new AcceptAnswer(State.GONE, 0, null, null, null, null);
  }
}
