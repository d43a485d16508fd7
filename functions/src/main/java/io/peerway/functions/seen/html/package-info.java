/**
 * What the widgets look like: HTML and SVG by a library that escapes whatever it is given, as names
 * of accounts, tags and errors are anybody's.
 */
@NullMarked
package io.peerway.functions.seen.html;

import org.jspecify.annotations.NullMarked;
