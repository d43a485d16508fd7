/**
 * Hand-written stand-ins of the ports, sample values and generators, for the tests of both modules.
 */
package io.peerway.testing;
