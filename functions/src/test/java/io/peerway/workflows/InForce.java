package io.peerway.workflows;

import io.peerway.model.Cidr;
import io.peerway.model.NatCommand;
import io.peerway.model.NatSet;
import io.peerway.model.Subject;
import io.peerway.model.VpnInstances;
import io.peerway.testing.FakeVpnInstances;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One VPN instance that keeps the newer of two sets, as the document does. */
final class InForce implements VpnInstances {
  private final Stage stage;
  private final Map<String, NatCommand.Answer> answers = new HashMap<>();
  private NatSet set;

  InForce(Stage stage, List<Cidr> clients, List<Cidr> services) {
    this.stage = stage;
    this.set = new NatSet(clients, services, 0);
  }

  List<Cidr> services() {
    return set.services();
  }

  @Override
  public String send(NatSet sent, Subject onBehalfOf) {
    stage.pause();
    String outcome = "superseded";
    if (sent.generation() >= set.generation()) {
      outcome = "applied";
      set = sent;
    }
    String id = "command-" + answers.size();
    String report =
        FakeVpnInstances.report(outcome, set.services(), set.clients(), set.servicesDigest());
    answers.put(id, new NatCommand.Answer("i-1", "Success", report));
    return id;
  }

  @Override
  public String ask(NatSet wanted, Subject onBehalfOf) {
    throw new AssertionError("no life asks the VPN instances");
  }

  @Override
  public NatCommand answers(String commandId, Subject onBehalfOf) {
    stage.pause();
    return new NatCommand(commandId, List.of(answers.get(commandId)));
  }
}
