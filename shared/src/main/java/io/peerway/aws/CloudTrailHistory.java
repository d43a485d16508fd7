package io.peerway.aws;

import io.peerway.model.port.EventHistory;
import io.peerway.model.value.Subject;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;

/** {@link EventHistory} of CloudTrail, for one account and Region. */
final class CloudTrailHistory implements EventHistory {
  // The most that one call answers (CloudTrail API reference, "LookupEvents").
  private static final int PAGE = 50;

  private final Supplier<CloudTrailClient> cloudTrail;
  private final String account;
  private final Subject onBehalfOf;

  /**
   * A history that is not touched before the first call.
   *
   * @param account names the account in messages
   */
  CloudTrailHistory(Supplier<CloudTrailClient> cloudTrail, String account, Subject onBehalfOf) {
    this.cloudTrail = cloudTrail;
    this.account = account;
    this.onBehalfOf = onBehalfOf;
  }

  @Override
  public List<String> about(String resource) {
    CloudTrailClient client = cloudTrail.get();
    return AwsErrors.call(
        onBehalfOf + ": look up the events about " + resource + " in account " + account,
        () ->
            client
                .lookupEvents(
                    r ->
                        r.lookupAttributes(
                                LookupAttribute.builder()
                                    .attributeKey(LookupAttributeKey.RESOURCE_NAME)
                                    .attributeValue(resource)
                                    .build())
                            .maxResults(PAGE)
                            .overrideConfiguration(Caller.named(onBehalfOf)))
                .events()
                .stream()
                .map(Event::cloudTrailEvent)
                .filter(Objects::nonNull)
                .toList());
  }
}
