package io.peerway.functions;

import io.peerway.model.AccountId;
import io.peerway.plan.HubSight;
import io.peerway.plan.Inspection;
import io.peerway.plan.ReconcileOrder;
import java.util.List;

/**
 * What the hub account showed, and what the workflow goes on with.
 *
 * @param readAt when, milliseconds since 1970
 * @param accounts those to enter, in groups that are checked together
 * @param hub what each of them is judged by
 * @param found in the hub account itself
 */
record ReconcileStart(
    ReconcileOrder order,
    long readAt,
    List<List<AccountId>> accounts,
    HubSight hub,
    Inspection found,
    NatQuestion nat) {}
