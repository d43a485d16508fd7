package io.peerway.plan.rules;

import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import java.util.Optional;

/**
 * Service VPCs lie in the configured Regions: of others nobody notices when they change. What is
 * connected already stays, whatever the Regions.
 */
public final class InConfiguredRegion implements AdmissionRule {
  @Override
  public Optional<Refusal> refusal(AdmissionFacts facts, Settings settings) {
    VpcSide service = facts.connection().service();
    return facts.peering().status().isAccepted()
        ? Optional.empty()
        : objection(service.vpc(), service.region(), settings).flatMap(this::refuse);
  }

  /** What stands against a VPC of this Region, with both values, or empty. */
  public static Optional<String> objection(VpcId vpc, Region region, Settings settings) {
    return settings.regions().contains(region)
        ? Optional.empty()
        : Optional.of(
            vpc + " lies in " + region + ", none of the configured Regions " + settings.regions());
  }
}
