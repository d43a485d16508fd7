package io.peerway.testing;

import io.peerway.model.Cidr;
import io.peerway.model.NatCommand;
import io.peerway.model.NatCommand.Answer;
import io.peerway.model.NatSet;
import io.peerway.model.PeeringId;
import io.peerway.model.VpnInstances;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** VPN instances that remember what they were sent, and answer as a test tells them. */
public final class FakeVpnInstances implements VpnInstances {

  private final Transcript transcript;
  private final List<NatSet> sent = new ArrayList<>();
  private Function<NatSet, List<Answer>> answering = set -> List.of(applied("i-1", set));

  public FakeVpnInstances(Transcript transcript) {
    this.transcript = transcript;
  }

  public void answering(Function<NatSet, List<Answer>> answers) {
    answering = answers;
  }

  public List<NatSet> sent() {
    return List.copyOf(sent);
  }

  /** What the document prints once {@code set} is in force. */
  public static Answer applied(String instance, NatSet set) {
    return new Answer(
        instance,
        "Success",
        report("applied", set.services(), set.clients(), set.servicesDigest()));
  }

  /** The document's one line of JSON; without a list where {@code services} is empty. */
  public static String report(
      String outcome, List<Cidr> services, List<Cidr> clients, String digest) {
    return "{\"outcome\":\"%s\",\"generation\":1,\"services\":%s,\"clients\":%s,\"serviceCount\":%d,\"servicesDigest\":\"%s\",\"cut\":0,\"boot\":\"enabled\"}\n"
        .formatted(
            outcome,
            services.isEmpty() ? "null" : json(services),
            json(clients),
            services.size(),
            digest);
  }

  private static String json(List<Cidr> cidrs) {
    return cidrs.stream()
        .map(c -> '"' + c.value() + '"')
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Override
  public String send(NatSet set, PeeringId onBehalfOf) {
    sent.add(set);
    transcript.change("VPN", "translate " + set.clients() + " to " + set.services());
    return "command-" + sent.size();
  }

  @Override
  public NatCommand answers(String commandId, PeeringId onBehalfOf) {
    transcript.read("VPN", "answers to " + commandId);
    int number = Integer.parseInt(commandId.substring("command-".length()));
    return new NatCommand(commandId, answering.apply(sent.get(number - 1)));
  }
}
