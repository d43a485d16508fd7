package io.peerway.plan.connect;

import io.peerway.model.Connection;
import io.peerway.model.network.Peering;
import io.peerway.model.network.Tags;
import io.peerway.plan.notices.Notice;
import io.peerway.plan.rules.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a request: what the workflow branches on, and what the branch needs.
 *
 * @param restored what people are told once all is in force again that somebody had taken away
 * @param slips the value of the tag that says which slips people were told of
 * @param asked when it was asked for, milliseconds since 1970; 0 where EC2 does not say
 */
public record AdmitAnswer(
    Outcome outcome,
    @Nullable Connection connection,
    @Nullable Refusal refusal,
    @Nullable Notice notice,
    @Nullable String reason,
    @Nullable Notice restored,
    String slips,
    long asked) {

  /** What the workflow branches on. */
  public enum Outcome {
    /** New, or changed: people hear when it is connected. */
    ADMITTED,
    /** As before; people were told that something on a VPN instance is in the way. */
    OBSTRUCTED,
    /** As before. */
    STILL_ADMITTED,
    /** Without some of its CIDRs, of which people have not heard. */
    ADMITTED_IN_PART,
    REFUSED,
    WAITING_FOR_APPROVAL,
    /** {@code disconnect} takes it from here. */
    OVER,
    /** People are told that it is taken apart again and again. */
    LEFT_TO_RECONCILE,
    NOTHING_TO_DO
  }

  static AdmitAnswer admitted(Outcome outcome, Connection connection) {
    return new AdmitAnswer(outcome, connection, null, null, null, null, "", 0);
  }

  static AdmitAnswer restored(Connection connection, @Nullable Notice told) {
    return new AdmitAnswer(Outcome.STILL_ADMITTED, connection, null, null, null, told, "", 0);
  }

  static AdmitAnswer inPart(Connection connection, Notice notice) {
    return new AdmitAnswer(Outcome.ADMITTED_IN_PART, connection, null, notice, null, null, "", 0);
  }

  static AdmitAnswer refused(Refusal refusal) {
    return new AdmitAnswer(Outcome.REFUSED, null, refusal, null, null, null, "", 0);
  }

  /** One of which people are told, and no more. */
  static AdmitAnswer told(Outcome outcome, Notice notice) {
    return new AdmitAnswer(outcome, null, null, notice, null, null, "", 0);
  }

  static AdmitAnswer over(String reason) {
    return new AdmitAnswer(Outcome.OVER, null, null, null, reason, null, "", 0);
  }

  static AdmitAnswer nothing(String reason) {
    return new AdmitAnswer(Outcome.NOTHING_TO_DO, null, null, null, reason, null, "", 0);
  }

  AdmitAnswer knowing(Peering peering) {
    String told = peering.tags().getOrDefault(Tags.SLIPS, "");
    return new AdmitAnswer(outcome, connection, refusal, notice, reason, restored, told, asked);
  }

  AdmitAnswer asked(long when) {
    return new AdmitAnswer(outcome, connection, refusal, notice, reason, restored, slips, when);
  }
}
