package io.peerway.plan.reconcile;

import io.peerway.model.value.AccountId;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.findings.Round;
import io.peerway.plan.nat.VpnAnswers;
import io.peerway.plan.sight.HubSight;
import java.util.List;

/**
 * What the hub account showed, and what the workflow goes on with: at first, and once more where
 * accounts have to be checked again.
 *
 * @param readAt when, milliseconds since 1970
 * @param accounts those to enter, in groups that are checked together
 * @param hub what each of them is judged by
 * @param found in the hub account itself; the second time also in the accounts that were checked
 *     already, in parts as {@link io.peerway.plan.findings.Checked} has them
 */
public record ReconcileStart(
    ReconcileOrder order,
    long readAt,
    List<List<AccountId>> accounts,
    HubSight hub,
    List<Inspection> found,
    VpnAnswers nat,
    Round round) {}
