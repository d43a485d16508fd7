package io.peerway.plan.connect;

import io.peerway.model.Connection;
import io.peerway.model.freeze.Freezes;
import io.peerway.model.network.Peering;
import io.peerway.model.network.Tags;
import io.peerway.plan.freeze.Freeze;
import io.peerway.plan.notices.Notice;
import io.peerway.plan.rules.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a request: what the workflow branches on, and what the branch needs.
 *
 * @param restored what people are told once all is in force again that somebody had taken away
 * @param slips the value of the tag that says which slips people were told of
 * @param asked when it was asked for, milliseconds since 1970; 0 where EC2 does not say
 * @param freezes what is handed on to an execution that goes on with the same connection
 * @param freeze what is to be said of a freeze that it goes through; empty where there is none
 * @param status what the service VPC's tag for its team says; empty where it was not seen with one
 */
public record AdmitAnswer(
    Outcome outcome,
    @Nullable Connection connection,
    @Nullable Refusal refusal,
    @Nullable Notice notice,
    @Nullable String reason,
    @Nullable Notice restored,
    String slips,
    long asked,
    Freezes freezes,
    String freeze,
    String status) {

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
    /** It waits for the end of a freeze, of which people are told. */
    FROZEN,
    /** As people were told, or as reconcile tells them of what is to be mended. */
    STILL_FROZEN,
    /** People are told that it is taken apart again and again. */
    LEFT_TO_RECONCILE,
    NOTHING_TO_DO
  }

  static AdmitAnswer admitted(Outcome outcome, Connection connection) {
    return of(outcome, connection, null, null, null, null);
  }

  static AdmitAnswer restored(Connection connection, @Nullable Notice told) {
    return of(Outcome.STILL_ADMITTED, connection, null, null, null, told);
  }

  static AdmitAnswer inPart(Connection connection, Notice notice) {
    return of(Outcome.ADMITTED_IN_PART, connection, null, notice, null, null);
  }

  static AdmitAnswer refused(Refusal refusal) {
    return of(Outcome.REFUSED, null, refusal, null, null, null);
  }

  /** One of which people are told, and no more. */
  static AdmitAnswer told(Outcome outcome, Notice notice) {
    return of(outcome, null, null, notice, null, null);
  }

  static AdmitAnswer stillFrozen(String reason) {
    return of(Outcome.STILL_FROZEN, null, null, null, reason, null);
  }

  static AdmitAnswer over(String reason) {
    return of(Outcome.OVER, null, null, null, reason, null);
  }

  static AdmitAnswer nothing(String reason) {
    return of(Outcome.NOTHING_TO_DO, null, null, null, reason, null);
  }

  AdmitAnswer knowing(Peering peering) {
    String told = peering.tags().getOrDefault(Tags.SLIPS, "");
    return with(told, asked, freezes, freeze, status);
  }

  AdmitAnswer asked(long when) {
    return with(slips, when, freezes, freeze, status);
  }

  AdmitAnswer saying(String now) {
    return with(slips, asked, freezes, freeze, now);
  }

  /** The same in a freeze, or in none. */
  AdmitAnswer in(Freeze met) {
    return with(slips, asked, met.freezes(), met.words(), status);
  }

  /** The same where no calendar was asked. */
  AdmitAnswer handing(Freezes on) {
    return in(Freeze.met(on, ""));
  }

  private static AdmitAnswer of(
      Outcome outcome,
      @Nullable Connection connection,
      @Nullable Refusal refusal,
      @Nullable Notice notice,
      @Nullable String reason,
      @Nullable Notice restored) {
    return new AdmitAnswer(
        outcome, connection, refusal, notice, reason, restored, "", 0, Freezes.HEED, "", "");
  }

  private AdmitAnswer with(
      String slips, long asked, Freezes freezes, String freeze, String status) {
    return new AdmitAnswer(
        outcome,
        connection,
        refusal,
        notice,
        reason,
        restored,
        slips,
        asked,
        freezes,
        freeze,
        status);
  }
}
