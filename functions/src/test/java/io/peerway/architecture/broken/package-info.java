/** A house in which every rule is broken, for {@code ArchitectureRules} to find. */
package io.peerway.architecture.broken;
