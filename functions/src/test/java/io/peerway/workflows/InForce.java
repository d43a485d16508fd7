package io.peerway.workflows;

import io.peerway.model.NatSet;
import io.peerway.model.SentCommand;
import io.peerway.model.port.VpnInstances;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import io.peerway.model.value.Subject;
import io.peerway.testing.FakeVpnInstances;
import io.peerway.testing.World;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One VPN instance that keeps the newer of two sets, as the document does. */
final class InForce implements VpnInstances {
  private static final String INSTANCE = World.vpnInstance(0).value();

  private final Stage stage;
  private final Map<String, SentCommand.Answer> answers = new HashMap<>();
  private NatSet set;
  private boolean broken;
  private boolean failed;

  InForce(Stage stage, List<Cidr> clients, List<Cidr> services) {
    this.stage = stage;
    this.set = new NatSet(clients, services, 0);
  }

  List<Cidr> services() {
    return set.services();
  }

  void breaks() {
    broken = true;
  }

  void isMended() {
    broken = false;
  }

  /** Whether an execution has met it broken. */
  boolean hasFailed() {
    return failed;
  }

  @Override
  public String send(NatSet sent, Subject onBehalfOf) {
    stage.pause();
    String id = "command-" + answers.size();
    answers.put(id, broken ? failure() : success(sent));
    return id;
  }

  private SentCommand.Answer failure() {
    failed = true;
    return new SentCommand.Answer(INSTANCE, "Failed", "");
  }

  private SentCommand.Answer success(NatSet sent) {
    String outcome = "superseded";
    if (sent.generation() >= set.generation()) {
      outcome = "applied";
      set = sent;
    }
    String report =
        FakeVpnInstances.report(outcome, set.services(), set.clients(), set.servicesDigest());
    return new SentCommand.Answer(INSTANCE, "Success", report);
  }

  @Override
  public String ask(NatSet wanted, Subject onBehalfOf) {
    throw new AssertionError("no life asks the VPN instances");
  }

  @Override
  public String probe(Cidr address, Port port, Subject onBehalfOf) {
    throw new AssertionError("no life asks the doctor");
  }

  @Override
  public int probesBefore(String probe, Instant since, Subject onBehalfOf) {
    throw new AssertionError("no life asks the doctor");
  }

  @Override
  public SentCommand answers(String commandId, Subject onBehalfOf) {
    stage.pause();
    return new SentCommand(commandId, List.of(answers.get(commandId)));
  }
}
