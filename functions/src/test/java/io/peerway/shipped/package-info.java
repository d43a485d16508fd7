/** Tests of what `sam build` packs, with the AWS clients as they are shipped. */
package io.peerway.shipped;
