/**
 * What must hold of every workflow in {@code workflows/}, of {@code template.yaml} and of the
 * samples in {@code events/}, and how they fit the classes: each rule names every breach and says
 * what to do. Each is also shown a small broken definition, so that it is known to find something.
 */
package io.peerway.workflows.rules;
