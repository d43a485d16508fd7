package io.peerway.plan.leftovers;

import io.peerway.model.value.PeeringId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was taken away of what was left in a VPC.
 *
 * @param state {@code CLEAN}, or {@code LEFT} where something could not be taken away
 * @param changes each as one line
 * @param left what could not, in words
 * @param peeringId came meanwhile, and may have met what was in its way, or miss what was opened
 *     for it
 */
public record RemoveAnswer(
    String state, List<String> changes, List<String> left, @Nullable PeeringId peeringId) {}
