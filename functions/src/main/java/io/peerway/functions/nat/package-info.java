/** The NAT set on its way to the VPN instances and back. */
@NullMarked
package io.peerway.functions.nat;

import org.jspecify.annotations.NullMarked;
