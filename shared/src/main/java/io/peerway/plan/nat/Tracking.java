package io.peerway.plan.nat;

import org.jspecify.annotations.Nullable;

/**
 * What the document says of connection tracking; a kernel that does not track yet, or a document of
 * an earlier release, says nothing of it.
 *
 * @param tracked connections that are tracked now
 * @param trackedMost how many can be
 * @param insertFailed connections that were lost since the instance's start
 */
public record Tracking(
    @Nullable Integer tracked, @Nullable Integer trackedMost, @Nullable Long insertFailed) {}
