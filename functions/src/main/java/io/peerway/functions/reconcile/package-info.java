/**
 * The steps of {@code reconcile}, in their order: ReadHub, CheckAccount and CheckVpn, Report; and
 * the removal of what was left behind.
 */
@NullMarked
package io.peerway.functions.reconcile;

import org.jspecify.annotations.NullMarked;
