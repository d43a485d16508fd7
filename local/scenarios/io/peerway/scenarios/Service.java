package io.peerway.scenarios;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A service VPC in an account of its own.
 *
 * @param routeTables the main one first
 */
record Service(
    String name,
    String account,
    String id,
    String cidr,
    @JsonProperty("route_tables") List<String> routeTables,
    List<String> subnets,
    Machine instance,
    String region) {

  /** An instance and the security group it is in. */
  record Machine(String id, String ip, @JsonProperty("security_group") String securityGroup) {}
}
