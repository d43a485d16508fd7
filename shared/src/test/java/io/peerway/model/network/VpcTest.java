package io.peerway.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.testing.Samples;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VpcTest {

  @Test
  void the_hub_vpc_names_those_that_people_refused_and_nothing_else_that_it_is_tagged_with() {
    Vpc hub =
        new Vpc(
            Samples.HUB_VPC,
            Samples.HUB_ACCOUNT,
            Samples.HUB_CIDRS,
            Map.of(
                Tags.REFUSED_PREFIX + Samples.OTHER_VPC,
                "pcx-00000002",
                Tags.REFUSED_PREFIX + Samples.SERVICE_VPC,
                "pcx-00000001",
                Tags.REFUSED_PREFIX + "somebody",
                "",
                // As long as ours, with a VPC's id at the same place.
                "another:refused:vpc-00000001",
                "",
                "Name",
                "hub"));
    assertThat(hub.refused()).containsExactly(Samples.SERVICE_VPC, Samples.OTHER_VPC);
  }
}
