/**
 * Why an address cannot be reached: the way of a packet, there and back, station by station. Only
 * looks; what it says to do is for people to do.
 */
@NullMarked
package io.peerway.plan.doctor;

import org.jspecify.annotations.NullMarked;
