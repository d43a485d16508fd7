package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

// Early: what is in the way on a VPN instance is told to every connection there is.
@Order(1)
@ExtendWith(RigExtension.class)
@DisplayName("Beside others' rules on a VPN instance")
final class OthersOnTheVpnInstanceScenarios {
  private static final String FILTER =
      "table ip theirs { chain passing { type filter hook forward priority 0; policy drop; }; }";

  private final Rig rig;

  OthersOnTheVpnInstanceScenarios(Rig rig) {
    this.rig = rig;
  }

  @AfterEach
  void quiet() {
    nft("add table ip theirs; delete table ip theirs");
    rig.events().reconciled();
  }

  @Test
  @DisplayName(
      "behind a forward chain of others that drops, connect does not say connected but names it,"
          + " once; when it is gone, the next reconcile says connected")
  void chainOfOthers() {
    nft(FILTER);
    Service service = rig.service();
    String peering = rig.people().request(service);

    succeeded(rig.executions().of(peering));

    assertThat(rig.lab().ssh(service, "hostname").exit()).isNotZero();
    assertThat(rig.sight().told(peering))
        .singleElement()
        .asString()
        .contains("VPN clients do not get through", rig.lab().vpnInstance(), "theirs", "passing");
    succeeded(rig.executions().startAgain(peering));
    RigExecutions.Reconciled plan = rig.executions().reconcile(Map.of("only", peering));
    assertThat(plan.lines("leftAlone"))
        .anyMatch(line -> line.contains(rig.lab().vpnInstance()) && line.contains("theirs"));
    assertThat(plan.lines("changes")).isEmpty();
    assertThat(rig.sight().told(peering)).hasSize(1);
    assertThat(nft("list table ip theirs")).contains("policy drop");

    nft("delete table ip theirs");
    rig.executions().reconcile(Map.of("mode", "repair", "only", peering));

    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    assertThat(rig.sight().told(peering))
        .filteredOn(letter -> letter.startsWith("Peerway: %s connected".formatted(peering)))
        .hasSize(1);
    int letters = rig.sight().told(peering).size();
    succeeded(rig.executions().startAgain(peering));
    assertThat(rig.sight().told(peering)).hasSize(letters);
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("a table of ours that has its rules and lets nothing through is found and replaced:")
  @ValueSource(
      strings = {
        "add table ip peerway { flags dormant; }",
        "insert rule ip peerway forward drop",
        "chain ip peerway forward { policy drop; }"
      })
  void damaged(String damage) {
    Service service = rig.service();
    String peering = rig.people().request(service);
    succeeded(rig.executions().of(peering));
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    nft(damage);
    assertThat(rig.lab().ssh(service, "hostname").exit()).isNotZero();

    RigExecutions.Reconciled plan = rig.executions().reconcile(Map.of("only", peering));
    assertThat(plan.lines("changes"))
        .singleElement()
        .asString()
        .contains(rig.lab().vpnInstance(), "restore the table that translates");

    rig.executions().reconcile(Map.of("mode", "repair", "only", peering));
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
  }

  @Test
  @DisplayName("a flush of the whole ruleset is undone at once, with nobody doing anything")
  void flush() {
    Service service = rig.service();
    succeeded(rig.people().connect(service));
    int before = rig.sight().lastCall();

    nft("flush ruleset");

    Rig.eventually(
        "the table",
        () ->
            rig.lab()
                        .onMachine(rig.lab().vpnInstance(), "nft", "list", "table", "ip", "peerway")
                        .exit()
                    == 0
                ? Optional.of(true)
                : Optional.<Boolean>empty());
    assertThat(rig.lab().ssh(service, "hostname").stdout()).contains(service.name());
    assertThat(rig.sight().callsSince(before))
        .extracting(Call::action)
        .doesNotContain("ssm:SendCommand");
  }

  private static void succeeded(EndedExecution execution) {
    assertThat(execution.status()).as("%s", execution).isEqualTo("SUCCEEDED");
  }

  private String nft(String command) {
    RigLab.Completed done = rig.lab().onMachine(rig.lab().vpnInstance(), "nft", command);
    assertThat(done.exit()).as(done.stderr()).isZero();
    return done.stdout();
  }
}
