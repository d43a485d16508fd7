package io.peerway.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.peerway.model.AccountId;
import io.peerway.model.Cidr;
import io.peerway.model.NatSet;
import io.peerway.model.Peering;
import io.peerway.model.PeeringId;
import io.peerway.model.PeeringStatus;
import io.peerway.model.Region;
import io.peerway.model.Tags;
import io.peerway.model.VpcId;
import io.peerway.model.VpcSide;
import io.peerway.plan.Finding;
import io.peerway.plan.HubSight;
import io.peerway.plan.Inspection;
import io.peerway.plan.ReconcileOrder;
import io.peerway.plan.Repair;
import io.peerway.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * With as many connections as a VPC may have (125), each of them drifted on both sides, {@code
 * reconcile} stays within the 256 KB of an execution's data (Step Functions developer guide,
 * "Quotas").
 */
class ReconcileSizeTest {
  private static final int CONNECTIONS = 125;
  private static final int LIMIT = 256 * 1024;

  @Test
  void the_data_that_the_report_is_made_from_and_the_report_fit() throws JsonProcessingException {
    ObjectNode data = Json.mapper().createObjectNode();
    data.putPOJO("order", ReconcileOrder.of(Map.of("mode", "repair")));
    data.put("readAt", 1_795_420_800_000L);
    data.putPOJO("hub", new HubSight(Samples.hubVpc(), VPN, each(this::peering)).withOurTags());
    data.putPOJO("found", side(0).shortened());
    data.putPOJO(
        "accounts",
        each(
            n ->
                new CheckAccountHandler.Answer(
                    account(n), of(n).findings(), of(n).repairs(), null)));
    data.putPOJO(
        "nat", NatQuestion.asked("0a1b2c3d-1111-4222-8333-444455556666", nat(), List.of()));
    data.put("execution", "all-connections-7b2c0000-0000-4000-8000-000000000001");
    String input = Json.mapper().writeValueAsString(data);
    assertThat(bytes(input)).isLessThan(LIMIT);

    String output =
        Invoked.step(new ReportHandler(Samples.settings(), atMost -> List.of()), input).toString();
    assertThat(output).contains("\"repair\"", "more lines");
    // What the repairs answer comes on top.
    assertThat(bytes(output)).isLessThan(LIMIT - CONNECTIONS * 100);
  }

  private static final List<Cidr> VPN = Cidr.list("10.100.0.10/32 10.100.0.11/32");

  private Inspection of(int n) {
    return lines(n, 6).shortened();
  }

  private Inspection side(int first) {
    return IntStream.range(first, CONNECTIONS)
        .mapToObj(n -> lines(n, 6))
        .reduce(Inspection.NOTHING, Inspection::and);
  }

  private Inspection lines(int n, int lines) {
    PeeringId id = id(n);
    return new Inspection(
        IntStream.range(0, lines)
            .mapToObj(
                line ->
                    new Finding(
                        Finding.Sort.DRIFT,
                        id.value(),
                        "add route 10.%d.0.0/16 -> %s to rtb-0123456789abcdef%d"
                            .formatted(n, id, line)))
            .toList(),
        List.of(
            new Repair(
                Repair.Kind.CONNECT,
                id.value(),
                account(n),
                id,
                null,
                null,
                "add route 10.%d.0.0/16 -> %s to rtb-0123456789abcdef0".formatted(n, id))));
  }

  private Peering peering(int n) {
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
