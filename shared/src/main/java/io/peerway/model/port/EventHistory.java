package io.peerway.model.port;

import io.peerway.model.error.PeerwayException;
import java.util.List;

/**
 * CloudTrail's event history of one account in one Region: the management events of 90 days, some
 * minutes after they happened (CloudTrail user guide, "Working with CloudTrail event history").
 */
public interface EventHistory {
  /**
   * The latest calls that name a resource, the newest first: at most 50, so that it takes one call.
   *
   * @param resource its id, such as that of a route table or a security group
   * @return each record as JSON (CloudTrail user guide, "CloudTrail record contents")
   * @throws PeerwayException where it cannot be read; {@code Throttled} above two calls a second
   */
  List<String> about(String resource);
}
