/** The house rules, as ArchUnit reads them from the classes of both modules. */
package io.peerway.architecture;
