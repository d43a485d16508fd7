package io.peerway.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.error.InvalidSettings;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import io.peerway.model.value.Region;
import io.peerway.testing.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @Test
  void reads_every_variable() {
    Map<String, String> environment = Samples.environment();
    environment.put("ALLOWED_UNITS", "ou-abcd-11111111,r-abcd");
    environment.put("APPROVAL", "manual");
    environment.put("ALLOWED_PORTS", "tcp/22, udp/53,tcp/22 tcp/8000-8100,icmp");
    environment.put("SERVICE_REGIONS", "eu-central-1, eu-west-1,eu-central-1");
    environment.put("VPCS_PER_ACCOUNT", "3");
    environment.put("PEERINGS_PER_VPC", "125");
    environment.put("ROUTES_PER_TABLE", "1000");
    assertThat(Settings.of(environment))
        .isEqualTo(
            new Settings(
                Samples.REGION,
                Samples.HUB_VPC,
                Cidr.list("172.168.0.0/24"),
                Cidr.list("192.168.0.0/16"),
                Cidr.list("10.0.0.0/8"),
                Samples.ORGANIZATION,
                List.of("ou-abcd-11111111", "r-abcd"),
                Port.list("tcp/22 udp/53 tcp/8000-8100 icmp"),
                List.of(new Region("eu-central-1"), Samples.REGION),
                3,
                125,
                1000,
                Settings.Approval.MANUAL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COMPANY_CIDRS",
        "ALLOWED_UNITS",
        "SERVICE_REGIONS",
        "VPCS_PER_ACCOUNT",
        "PEERINGS_PER_VPC",
        "ROUTES_PER_TABLE",
        "APPROVAL"
      })
  void may_be_left_out(String variable) {
    Map<String, String> environment = Samples.environment();
    environment.remove(variable);
    assertThatCode(() -> Settings.of(environment)).doesNotThrowAnyException();
    environment.put(variable, " ");
    assertThatCode(() -> Settings.of(environment)).doesNotThrowAnyException();
  }

  @Test
  void services_lie_in_the_hubs_region_where_no_other_is_named() {
    assertThat(Samples.settings().regions()).containsExactly(Samples.REGION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS_REGION",
        "HUB_VPC_ID",
        "CLIENT_POOL_CIDRS",
        "ALLOWED_CIDRS",
        "ORGANIZATION_ID",
        "ALLOWED_PORTS"
      })
  void must_be_set(String variable) {
    Map<String, String> environment = Samples.environment();
    environment.remove(variable);
    assertRefused(environment, variable + " is not set");
    environment.put(variable, "  ");
    assertRefused(environment, variable + " is not set");
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_REGION, Ireland, eu-west-1",
    "HUB_VPC_ID, vpc-hub, vpc-…",
    "CLIENT_POOL_CIDRS, 172.168.0.1/24, 10.110.0.0/16",
    "CLIENT_POOL_CIDRS, 172.168.0.0, CIDR",
    "COMPANY_CIDRS, 192.168.0.0/16;10.0.0.0/8, CIDR",
    "ALLOWED_CIDRS, 10.0.0.0/33, CIDR",
    "ORGANIZATION_ID, exampleorg1, o-…",
    "ALLOWED_UNITS, ou-abcd, ou-…",
    "ALLOWED_PORTS, ssh, tcp/22",
    "ALLOWED_PORTS, tcp/0, 65535",
    "ALLOWED_PORTS, tcp/65536, 65535",
    "ALLOWED_PORTS, tcp/30-20, 30-20",
    "ALLOWED_PORTS, icmp/8, icmp",
    "SERVICE_REGIONS, eu-west-1;Ireland, eu-west-1",
    "VPCS_PER_ACCOUNT, 0, from 1 to 999",
    "VPCS_PER_ACCOUNT, 1000, from 1 to 999",
    "VPCS_PER_ACCOUNT, -1, from 1 to 999",
    "PEERINGS_PER_VPC, 0, from 1 to 999",
    "ROUTES_PER_TABLE, 1001, from 1 to 1000",
    "ROUTES_PER_TABLE, 0, from 1 to 1000",
    "APPROVAL, perhaps, automatic or manual"
  })
  void of_another_form_is_named_with_its_value_and_what_was_expected(
      String variable, String value, String expected) {
    Map<String, String> environment = Samples.environment();
    environment.put(variable, value);
    assertRefused(environment, variable + ": ", expected, value.replaceAll("^tcp/", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS_REGION",
        "HUB_VPC_ID",
        "CLIENT_POOL_CIDRS",
        "COMPANY_CIDRS",
        "ALLOWED_CIDRS",
        "ORGANIZATION_ID",
        "ALLOWED_UNITS",
        "ALLOWED_PORTS",
        "SERVICE_REGIONS",
        "VPCS_PER_ACCOUNT",
        "PEERINGS_PER_VPC",
        "ROUTES_PER_TABLE",
        "APPROVAL"
      })
  void a_hostile_value_is_shown_short_and_in_one_line(String variable) {
    Map<String, String> environment = Samples.environment();
    environment.put(variable, "x\u001b[31m\u0000" + "y".repeat(5000));
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> Settings.of(environment))
        .withMessageStartingWith(variable + ": ")
        .satisfies(
            e -> assertThat(e.getMessage()).hasSizeLessThan(250).doesNotContainPattern("\\p{Cc}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CLIENT_POOL_CIDRS", "ALLOWED_CIDRS", "ALLOWED_PORTS"})
  void a_list_of_nothing_but_commas_is_no_value(String variable) {
    Map<String, String> environment = Samples.environment();
    environment.put(variable, ", ,");
    assertRefused(environment, variable, "at least one value");
  }

  @Test
  void the_client_pool_lies_apart_from_the_services() {
    Map<String, String> environment = Samples.environment();
    environment.put("CLIENT_POOL_CIDRS", "10.8.0.0/24");
    assertRefused(environment, "CLIENT_POOL_CIDRS", "10.8.0.0/24", "10.0.0.0/8", "ALLOWED_CIDRS");
  }

  @Test
  void the_client_pool_lies_apart_from_the_company() {
    Map<String, String> environment = Samples.environment();
    environment.put("COMPANY_CIDRS", "172.160.0.0/12");
    assertRefused(
        environment, "COMPANY_CIDRS", "172.160.0.0/12", "172.168.0.0/24", "CLIENT_POOL_CIDRS");
  }

  @Test
  void the_client_pool_lies_apart_from_the_hub_vpc() {
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(
            () -> Samples.settings().checkAgainstHub(Cidr.list("10.100.0.0/16 172.168.0.0/16")))
        .withMessageContainingAll(
            "CLIENT_POOL_CIDRS", "172.168.0.0/24", "172.168.0.0/16", Samples.HUB_VPC.value());
    assertThatCode(() -> Samples.settings().checkAgainstHub(Samples.HUB_CIDRS))
        .doesNotThrowAnyException();
  }

  private static void assertRefused(Map<String, String> environment, String... said) {
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> Settings.of(environment))
        .withMessageContainingAll(said);
  }
}
