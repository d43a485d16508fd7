package io.peerway.model.value;

import java.util.List;

/**
 * A listing read to its last page. Whatever removes things (the NAT set, which is sent whole) takes
 * this type, so that a listing cut off halfway can never look like "everything else is gone".
 */
public record Complete<T>(List<T> items) {
  public Complete {
    items = List.copyOf(items);
  }
}
