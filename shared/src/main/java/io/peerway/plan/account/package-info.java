/**
 * What one service account needs: a peering for each tagged VPC, an end to what is no longer
 * wanted.
 */
@NullMarked
package io.peerway.plan.account;

import org.jspecify.annotations.NullMarked;
