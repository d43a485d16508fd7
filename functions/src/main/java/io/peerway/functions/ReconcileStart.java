package io.peerway.functions;

import io.peerway.model.AccountId;
import io.peerway.plan.HubSight;
import io.peerway.plan.Inspection;
import io.peerway.plan.ReconcileOrder;
import io.peerway.plan.Round;
import java.util.List;

/**
 * What the hub account showed, and what the workflow goes on with: at first, and once more where
 * accounts have to be checked again.
 *
 * @param readAt when, milliseconds since 1970
 * @param accounts those to enter, in groups that are checked together
 * @param hub what each of them is judged by
 * @param found in the hub account itself; the second time also in the accounts that were checked
 *     already, in parts as {@link io.peerway.plan.Checked} has them
 */
record ReconcileStart(
    ReconcileOrder order,
    long readAt,
    List<List<AccountId>> accounts,
    HubSight hub,
    List<Inspection> found,
    NatQuestion nat,
    Round round) {}
