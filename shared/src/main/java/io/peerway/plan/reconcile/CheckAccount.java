package io.peerway.plan.reconcile;

import io.peerway.model.Membership;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.port.ServiceAccounts;
import io.peerway.model.value.AccountId;
import io.peerway.plan.Aws;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.report.Doers;
import io.peerway.plan.sight.AccountSight;
import io.peerway.plan.sight.HubSight;
import io.peerway.plan.sight.Reading;
import java.util.List;
import java.util.function.Function;

/**
 * Reads a service account and compares it with what it should have. It changes nothing but the tags
 * for its teams, and those in no plan.
 *
 * @param again whether AWS has refused something there before: if it does so again, that is a
 *     failure
 * @param doers who has taken away what is missing, by the event histories of a session
 */
public record CheckAccount(
    Aws aws,
    AccountId account,
    ReconcileOrder order,
    HubSight hub,
    boolean again,
    Function<ServiceAccounts.Session, Doers> doers) {

  /** What was found. */
  public Inspection found() {
    // Of several accounts none is connected, and what cannot be had about one does not stop the
    // others. To be throttled passes, and stops all: the workflow asks again. What AWS refuses for
    // no reason of the owner's says nothing about the account: nothing is taken for unknown by
    // that.
    AccountReads reads = new AccountReads(aws.settings(), account, hub, order);
    try {
      return switch (Reading.evenInAnOutage(() -> checked(reads))) {
        case Reading.Read<Inspection>(Inspection found) -> found.shortened(hub.peerings().size());
        case Reading.Closed<Inspection>(PeerwayException failure) when reads.isConnected() ->
            throw failure;
        case Reading.Closed<Inspection>(PeerwayException failure) ->
            Inspection.unread(List.of(account), failure.getClass().getSimpleName());
      };
    } catch (RefusedByAws e) {
      if (again) {
        throw e;
      }
      aws.say(account + " is checked again when the others are repaired: " + e.getMessage());
      return Inspection.refused(account);
    }
  }

  private Inspection checked(AccountReads reads) {
    ServiceAccounts.Session session = aws.services().session(account, account);
    AccountSight sight =
        AccountSight.of(
            reads.regions(),
            region ->
                Reading.evenInAnOutage(
                    () -> new RegionRead(session.network(region), region, account, hub).of(reads)));
    Membership membership = membership(reads, sight);
    Inspection found =
        new AccountCheck(aws.settings(), account, hub, order)
            .check(sight, membership, () -> aws.hub(account).routeTables(aws.settings().hubVpc()));
    Inspection told =
        new StatusCheck(aws.settings(), account, membership, hub, order, found)
            .settled(sight, aws.now(), session::network, aws.log());
    return doers.apply(session).named(found, hub.peerings()).and(told);
  }

  private Membership membership(AccountReads reads, AccountSight sight) {
    return switch (reads.question(sight)) {
      case NOTHING -> reads.presumed();
      case UNITS -> reads.presumed(aws.organization().units(account, account));
      case MEMBERSHIP -> aws.membership(account, account);
    };
  }
}
