package io.peerway.functions.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerway.functions.Invoked;
import io.peerway.functions.Json;
import io.peerway.model.NatSet;
import io.peerway.model.Start;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.findings.Round;
import io.peerway.plan.nat.VpnAnswers;
import io.peerway.plan.reconcile.AccountGroups;
import io.peerway.plan.reconcile.CheckAnswer;
import io.peerway.plan.sight.HubSight;
import io.peerway.testing.FakeAws;
import io.peerway.testing.FakeOrganization;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * With as many connections as a VPC may have (125), each of them drifted on both sides, and
 * thousands of accounts without our role, {@code reconcile} stays within the 256 KB of an
 * execution's data and the 25,000 events of its history (Step Functions developer guide, "Quotas").
 */
class ReconcileSizeTest {
  private static final int CONNECTIONS = 125;
  private static final int LIMIT = 256 * 1024;
  private static final int EVENTS = 25_000;

  // MapIterationStarted and -Succeeded, TaskStateEntered and -Exited, LambdaFunctionScheduled,
  // -Started and -Succeeded.
  private static final int EVENTS_OF_A_CHECK = 7;

  private static final String DOER =
      "arn:aws:sts::210987654321:assumed-role/AWSReservedSSO_NetworkAdministrator_0123456789abcdef/"
          + "somebody.with.a.long.name@example.com at 2026-11-23T07:30:00Z";

  private static final Settings SETTINGS =
      Samples.settings("SERVICE_REGIONS", "eu-west-1,eu-central-1");

  private final World world = World.sample();

  @ParameterizedTest(name = "{0} accounts without our role, {1} lines of drift on each side")
  @CsvSource({"3000, 6", "3000, 1", "10000, 0"})
  void the_data_that_the_report_is_made_from_and_the_report_fit(int withoutRole, int lines)
      throws JsonProcessingException {
    List<List<AccountId>> groups =
        AccountGroups.of(
            Set.copyOf(each(ReconcileSizeTest::account)),
            IntStream.range(CONNECTIONS, CONNECTIONS + withoutRole)
                .mapToObj(ReconcileSizeTest::account)
                .collect(Collectors.toSet()));
    assertThat(groups.size() * EVENTS_OF_A_CHECK).isLessThan(EVENTS);

    ObjectNode data = Json.mapper().createObjectNode();
    data.putPOJO("order", ReconcileOrder.of(Map.of("mode", "repair")));
    data.put("readAt", 1_795_420_800_000L);
    data.putPOJO("hub", hub());
    data.putPOJO("found", List.of(side(lines).shortened(CONNECTIONS)));
    data.putPOJO("round", Round.FIRST);
    data.putPOJO("accounts", groups);
    data.putPOJO("nat", VpnAnswers.asked("0a1b2c3d-1111-4222-8333-444455556666", nat(), List.of()));
    data.put("execution", "all-connections-7b2c0000-0000-4000-8000-000000000001");
    assertThat(bytes(Json.mapper().writeValueAsString(data))).isLessThan(LIMIT);

    data.putPOJO("accounts", answers(groups, lines));
    String input = Json.mapper().writeValueAsString(data);
    assertThat(bytes(input)).isLessThan(LIMIT);

    String output =
        Invoked.step(
                new ReportHandler(FakeAws.with(World.sample()).past(atMost -> List.of()).aws()),
                input)
            .toString();
    assertThat(output)
        .contains("\"repair\"", lines == 0 ? "0 of 125" : "125 of 125")
        .contains(withoutRole + " accounts without a connection: could not be checked (Denied): ");
    // What the repairs answer comes on top.
    assertThat(bytes(output)).isLessThan(LIMIT - CONNECTIONS * 170);

    // The same, where AWS has refused to show one account: what was found is kept for the second
    // round.
    List<Object> refused = new ArrayList<>(answers(groups, lines));
    refused.set(CONNECTIONS / 2, CheckAnswer.of(Inspection.refused(account(CONNECTIONS / 2))));
    data.putPOJO("accounts", refused);
    JsonNode first =
        Invoked.step(
            new ReportHandler(FakeAws.with(World.sample()).past(atMost -> List.of()).aws()),
            Json.mapper().writeValueAsString(data));
    assertThat(first.get("next").get("accounts")).hasSize(1);
    assertThat(bytes(first.toString())).isLessThan(LIMIT - CONNECTIONS * 170);
  }

  /** Drift of each connection, and what the check itself answers of accounts without our role. */
  private static List<Object> answers(List<List<AccountId>> groups, int lines)
      throws JsonProcessingException {
    World world = World.sample();
    groups.getLast().forEach(world::close);
    CheckAccountHandler check =
        new CheckAccountHandler(
            FakeAws.with(world)
                .settings(SETTINGS)
                .organization(FakeOrganization.sample(world.transcript()))
                .aws());
    // All groups have as many accounts as the last one.
    JsonNode answer =
        Invoked.exactly(check, Json.mapper().writeValueAsString(request(groups.getLast())));
    return IntStream.range(0, groups.size())
        .<Object>mapToObj(
            n -> n < CONNECTIONS ? CheckAnswer.of(lines(n, lines).shortened(CONNECTIONS)) : answer)
        .toList();
  }

  private static ObjectNode request(List<AccountId> group) {
    ObjectNode request = Json.mapper().createObjectNode();
    request.putPOJO("accounts", group);
    request.putPOJO("order", ReconcileOrder.of(Map.of()));
    request.putPOJO("hub", hub());
    request.put("again", false);
    return request;
  }

  private static HubSight hub() {
    return new HubSight(Samples.hubVpc(), VPN, each(ReconcileSizeTest::peering))
        .withOurTags()
        .listing(Set.copyOf(each(ReconcileSizeTest::account)));
  }

  private static final List<Cidr> VPN = Cidr.list("10.100.0.10/32 10.100.0.11/32");

  private static Inspection side(int lines) {
    return IntStream.range(0, CONNECTIONS)
        .mapToObj(n -> lines(n, lines))
        .reduce(Inspection.NOTHING, Inspection::and);
  }

  private static Inspection lines(int n, int lines) {
    if (lines == 0) {
      return Inspection.NOTHING;
    }
    PeeringId id = id(n);
    return new Inspection(
        IntStream.range(0, lines)
            .mapToObj(
                line ->
                    new Finding(
                        Finding.Sort.DRIFT,
                        id,
                        "add route 10.%d.0.0/16 -> %s to rtb-0123456789abcdef%d"
                            .formatted(n, id, line),
                        DOER,
                        null))
            .toList(),
        List.of(
            new Start.Connect(
                account(n),
                id,
                "add route 10.%d.0.0/16 -> %s to rtb-0123456789abcdef0".formatted(n, id))));
  }

  private static Peering peering(int n) {
    return new Peering(
        id(n),
        PeeringStatus.ACTIVE,
        new VpcSide(
            account(n),
            new Region("ap-southeast-1"),
            new VpcId("vpc-%017x".formatted(n)),
            Cidr.list("10.%d.0.0/16 10.%d.64.0/20".formatted(n, n))),
        Samples.hubSide(),
        Map.of(Tags.CIDRS, "10.%d.0.0/16 10.%d.64.0/20".formatted(n, n), Tags.BY, "tag"));
  }

  private static NatSet nat() {
    return new NatSet(
        Cidr.list("172.168.0.0/24"),
        each(n -> Stream.of(new Cidr("10.%d.0.0/16".formatted(n)))).stream()
            .flatMap(cidrs -> cidrs)
            .toList(),
        1_795_420_800_000L);
  }

  private static PeeringId id(int n) {
    return new PeeringId("pcx-%017x".formatted(n));
  }

  private static AccountId account(int n) {
    return new AccountId("%012d".formatted(n));
  }

  private static <T> List<T> each(java.util.function.IntFunction<T> make) {
    return IntStream.range(0, CONNECTIONS).mapToObj(make).toList();
  }

  private static int bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8).length;
  }
}
