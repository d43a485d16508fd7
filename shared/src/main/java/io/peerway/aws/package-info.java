/** The AWS edge: the only package that calls AWS, and the only one that knows its error codes. */
@NullMarked
package io.peerway.aws;

import org.jspecify.annotations.NullMarked;
