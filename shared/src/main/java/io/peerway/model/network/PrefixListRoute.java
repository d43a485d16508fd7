package io.peerway.model.network;

import io.peerway.model.value.Cidr;
import io.peerway.model.value.PrefixListId;

/**
 * A route whose destination is a prefix list: one route for every CIDR of the list.
 *
 * @param target as in {@link Route}
 */
public record PrefixListRoute(PrefixListId list, String target, Route.State state) {

  /** The same as a route to one CIDR of the list. */
  public Route to(Cidr entry) {
    return new Route(entry, target, state);
  }
}
