package io.peerway.plan.disconnect;

import io.peerway.model.value.PeeringId;
import io.peerway.plan.notices.Notice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was taken away in a service account.
 *
 * @param changes each as one line
 * @param left what was not taken away, in words
 * @param notice none where another run has told
 * @param successor joins the same VPCs already, and may have met the routes that were in its way
 *     until now; of a VPC that a person has refused, a request as well, which may have been looked
 *     at before that was noted
 */
public record LeaveAnswer(
    List<String> changes,
    List<String> left,
    @Nullable Notice notice,
    @Nullable PeeringId successor) {}
