/**
 * Decisions, as functions of what was read: nothing here calls AWS. Each package decides one thing;
 * here are the settings that all of them go by.
 */
@NullMarked
package io.peerway.plan;

import org.jspecify.annotations.NullMarked;
