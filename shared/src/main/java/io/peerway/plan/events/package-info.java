/**
 * What an event tells us to look at. An event is only somebody's word: it carries an id, never an
 * instruction.
 */
@NullMarked
package io.peerway.plan.events;

import org.jspecify.annotations.NullMarked;
