/** The network as EC2 has it, and changes to it. */
@NullMarked
package io.peerway.model.network;

import org.jspecify.annotations.NullMarked;
