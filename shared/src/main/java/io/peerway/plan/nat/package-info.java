/** Which addresses the VPN instances translate, how far that has come, and what they report. */
@NullMarked
package io.peerway.plan.nat;

import org.jspecify.annotations.NullMarked;
