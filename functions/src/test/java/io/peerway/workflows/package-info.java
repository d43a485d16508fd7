/** Tests of what stands between the functions: the workflow, the template, and how they fit. */
package io.peerway.workflows;
