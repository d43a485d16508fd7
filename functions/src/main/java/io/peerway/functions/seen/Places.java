package io.peerway.functions.seen;

import io.peerway.functions.seen.html.Links;
import io.peerway.model.Environment;
import io.peerway.model.value.Region;

/**
 * What the functions of the dashboard know of each other, and of the workflows.
 *
 * @param other the ARN of the other function
 */
record Places(String other, String reconcile, String connect, Region region) {

  static Places of(Environment environment) {
    return new Places(
        environment.required("OTHER_ARN"),
        environment.required("RECONCILE_ARN"),
        environment.required("CONNECT_ARN"),
        environment.region());
  }

  /** Where widgets lead that this function shows. */
  Links shownBy(String own) {
    return new Links(own, other, reconcile, connect, region);
  }

  /** Where answers lead of this function, which acts. */
  Links actedBy(String own) {
    return new Links(other, own, reconcile, connect, region);
  }
}
