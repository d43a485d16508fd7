/**
 * Decisions, as functions of what was read, and the steps of the workflows, which read and change
 * through the ports of the model: nothing here knows the SDK. Each package decides one thing; here
 * are the settings that all of them go by, and the ports.
 */
@NullMarked
package io.peerway.plan;

import org.jspecify.annotations.NullMarked;
