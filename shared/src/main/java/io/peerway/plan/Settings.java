package io.peerway.plan;

import io.peerway.model.Environment;
import io.peerway.model.error.InvalidSettings;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import io.peerway.model.value.Printable;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything a person sets, parsed and checked once at start.
 *
 * @param hubVpc the VPC of the VPN instances
 * @param clientPool the addresses OpenVPN gives to clients
 * @param companyNetworks networks of the company, which no service may use
 * @param allowedPool the networks that service VPCs have to lie in
 * @param allowedUnits organisational units (or roots) whose accounts may connect; empty: the whole
 *     organisation
 * @param ports opened to the VPN in every service VPC
 * @param regions where service VPCs may lie
 * @param vpcsPerAccount how many connections one account may have
 * @param peeringsPerVpc AWS's quota of active peering connections of the hub VPC
 * @param routesPerTable AWS's quota of routes in each route table of the hub VPC
 * @param approval whether a person has to approve each request
 */
public record Settings(
    Region region,
    VpcId hubVpc,
    List<Cidr> clientPool,
    List<Cidr> companyNetworks,
    List<Cidr> allowedPool,
    String organizationId,
    List<String> allowedUnits,
    List<Port> ports,
    List<Region> regions,
    int vpcsPerAccount,
    int peeringsPerVpc,
    int routesPerTable,
    Approval approval) {

  /** Who decides that an admissible request is accepted. */
  public enum Approval {
    AUTOMATIC,
    MANUAL
  }

  /**
   * The settings of a function's environment.
   *
   * @throws InvalidSettings naming the variable, its value and what was expected
   */
  public static Settings of(Map<String, String> environment) {
    Environment read = new Environment(environment);
    Settings settings =
        new Settings(
            read.region(),
            read.hubVpc(),
            read.required("CLIENT_POOL_CIDRS", Cidr::list),
            read.optional("COMPANY_CIDRS", Cidr::list, List.of()),
            read.required("ALLOWED_CIDRS", Cidr::list),
            read.required("ORGANIZATION_ID", Settings::organization),
            read.optional("ALLOWED_UNITS", Settings::units, List.of()),
            read.required("ALLOWED_PORTS", Port::list),
            read.optional("SERVICE_REGIONS", Settings::regions, List.of(read.region())),
            read.optional("VPCS_PER_ACCOUNT", Settings::count, 10),
            // As every account has them at first (VPC user guide, "Amazon VPC quotas").
            read.optional("PEERINGS_PER_VPC", Settings::count, 50),
            read.optional("ROUTES_PER_TABLE", Settings::routes, 500),
            read.optional("APPROVAL", Settings::approval, Approval.AUTOMATIC));
    settings.checkTogether();
    return settings;
  }

  private static List<Region> regions(String text) {
    return Stream.of(text.split("[,\\s]+")).map(Region::new).distinct().toList();
  }

  private static int count(String text) {
    if (!text.matches("[1-9][0-9]{0,2}")) {
      throw new IllegalArgumentException(
          "a number from 1 to 999 expected, got: " + Printable.shortened(text));
    }
    return Integer.parseInt(text);
  }

  private static int routes(String text) {
    if (!text.matches("[1-9][0-9]{0,2}|1000")) {
      throw new IllegalArgumentException(
          "a number from 1 to 1000 expected, got: " + Printable.shortened(text));
    }
    return Integer.parseInt(text);
  }

  private static String organization(String text) {
    if (!text.matches("o-[a-z0-9]{10,32}")) {
      throw new IllegalArgumentException(
          "an organisation id (o-…) expected, got: " + Printable.shortened(text));
    }
    return text;
  }

  private static List<String> units(String text) {
    List<String> units =
        Arrays.stream(text.split("[,\\s]+")).filter(unit -> !unit.isEmpty()).toList();
    for (String unit : units) {
      if (!unit.matches("ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|r-[0-9a-z]{4,32}")) {
        throw new IllegalArgumentException(
            "ids of organisational units (ou-…) or roots (r-…) expected, got: "
                + Printable.shortened(unit));
      }
    }
    return units;
  }

  private static Approval approval(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "automatic" -> Approval.AUTOMATIC;
      case "manual" -> Approval.MANUAL;
      default ->
          throw new IllegalArgumentException(
              "automatic or manual expected, got: " + Printable.shortened(text));
    };
  }

  /**
   * Checks what can be checked only once the hub VPC has been read.
   *
   * @throws InvalidSettings where a VPN client could have an address of the hub VPC
   */
  public void checkAgainstHub(List<Cidr> hubCidrs) {
    apart("CLIENT_POOL_CIDRS", clientPool, "the hub VPC " + hubVpc, hubCidrs);
  }

  private void checkTogether() {
    notEmpty("CLIENT_POOL_CIDRS", clientPool);
    notEmpty("ALLOWED_CIDRS", allowedPool);
    notEmpty("ALLOWED_PORTS", ports);
    apart("CLIENT_POOL_CIDRS", clientPool, "ALLOWED_CIDRS", allowedPool);
    apart("COMPANY_CIDRS", companyNetworks, "CLIENT_POOL_CIDRS", clientPool);
  }

  private static void notEmpty(String name, List<?> values) {
    if (values.isEmpty()) {
      throw new InvalidSettings(name + ": at least one value expected, got none");
    }
  }

  // A client address inside the services' pool would be translated and routed as a service.
  private static void apart(String name, List<Cidr> ours, String otherName, List<Cidr> theirs) {
    for (Cidr a : ours) {
      for (Cidr b : theirs) {
        if (a.overlaps(b)) {
          throw new InvalidSettings(
              name + ": " + a + " overlaps " + b + " of " + otherName + "; they must be apart");
        }
      }
    }
  }
}
