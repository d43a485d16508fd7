/**
 * What Peerway knows about the network, and the ports through which it reads and changes it. Pure
 * Java: no SDK, no Lambda.
 */
@NullMarked
package io.peerway.model;

import org.jspecify.annotations.NullMarked;
