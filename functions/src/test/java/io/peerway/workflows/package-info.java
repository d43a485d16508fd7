/** The workflows run as their definitions say, with the real handlers on fakes. */
package io.peerway.workflows;
