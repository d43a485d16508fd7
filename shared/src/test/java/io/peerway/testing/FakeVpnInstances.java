package io.peerway.testing;

import io.peerway.model.NatSet;
import io.peerway.model.SentCommand;
import io.peerway.model.SentCommand.Answer;
import io.peerway.model.port.VpnInstances;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import io.peerway.model.value.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** VPN instances that remember what they were sent, and answer as a test tells them. */
public final class FakeVpnInstances implements VpnInstances {

  private final Transcript transcript;
  private final List<NatSet> sent = new ArrayList<>();
  private final Map<String, NatSet> commands = new HashMap<>();
  private final Map<String, List<Answer>> asked = new HashMap<>();
  private Function<NatSet, List<Answer>> answering =
      set -> List.of(applied(World.vpnInstance(0).value(), inForce(set)));
  private NatSet inForce = new NatSet(List.of(), List.of(), 0);

  private final List<String> probes = new ArrayList<>();
  private final Set<String> ended = new HashSet<>();
  private String tried = "";
  private boolean isSilent;

  public FakeVpnInstances(Transcript transcript) {
    this.transcript = transcript;
    trying("REACHED", "connected");
  }

  public void answering(Function<NatSet, List<Answer>> answers) {
    answering = answers;
  }

  public List<NatSet> sent() {
    return List.copyOf(sent);
  }

  /** What they translate. */
  public NatSet inForce() {
    return inForce;
  }

  // An instance keeps the newer of two.
  private NatSet inForce(NatSet other) {
    return other.generation() < inForce.generation() ? inForce : other;
  }

  /** Somebody empties the table by hand. */
  public void flush() {
    inForce = new NatSet(List.of(), List.of(), inForce.generation());
  }

  /** What the document prints once {@code set} is in force. */
  public static Answer applied(String instance, NatSet set) {
    return new Answer(
        instance,
        "Success",
        report("applied", set.services(), set.clients(), set.servicesDigest()));
  }

  /** The same, where a chain of somebody else's lets nothing through. */
  public static Answer obstructed(String instance, NatSet set) {
    String chain =
        "\"obstacles\":[{\"table\":\"inet filter\",\"chain\":\"forward\",\"why\":\"policy drop\",\"only\":null}]";
    return new Answer(
        instance, "Success", applied(instance, set).output().replace("}\n", "," + chain + "}\n"));
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

  /** What the document prints when it is asked only. */
  public static Answer reported(String instance, NatSet inForce) {
    return new Answer(
        instance,
        "Success",
        "{\"outcome\":\"report\",\"generation\":%d,\"services\":%s,\"clients\":%s,\"serviceCount\":%d,\"servicesDigest\":\"%s\",\"cut\":0,\"boot\":\"installed\",\"rules\":%s,\"saved\":true,\"forward\":true,\"unpushed\":[],\"unpushedCount\":0}\n"
            .formatted(
                inForce.generation(),
                json(inForce.services()),
                json(inForce.clients()),
                inForce.services().size(),
                inForce.servicesDigest(),
                !inForce.clients().isEmpty()));
  }

  private static String json(List<Cidr> cidrs) {
    return cidrs.stream()
        .map(c -> '"' + c.value() + '"')
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Override
  public String send(NatSet set, Subject onBehalfOf) {
    sent.add(set);
    inForce = inForce(set);
    transcript.change("VPN", "translate " + set.clients() + " to " + set.services());
    String command = "command-" + sent.size();
    commands.put(command, set);
    return command;
  }

  @Override
  public String ask(NatSet set, Subject onBehalfOf) {
    transcript.read("VPN", "what is in force");
    String command = "question-" + (reports() + 1);
    asked.put(command, List.of(reported(World.vpnInstance(0).value(), inForce)));
    return command;
  }

  /** What a try comes to. */
  public void trying(String outcome, String words) {
    tried = "{\"outcome\":\"%s\",\"words\":\"%s\"}\n".formatted(outcome, words);
  }

  /** Its agent says nothing from now on. */
  public void silence() {
    isSilent = true;
  }

  /** How often it was asked what is in force. */
  public int reports() {
    return asked.size() - probes.size();
  }

  @Override
  public String probe(Cidr address, Port port, Subject onBehalfOf) {
    transcript.read("VPN", "try " + port + " of " + address);
    String command = "probe-" + (probes.size() + 1);
    probes.add(command);
    asked.put(command, List.of(new Answer(World.vpnInstance(0).value(), "Success", tried)));
    return command;
  }

  @Override
  public int probesBefore(String probe, Instant since, Subject onBehalfOf) {
    transcript.read("VPN", "how many try");
    return (int)
        probes.stream()
            .takeWhile(one -> !one.equals(probe))
            .filter(one -> !ended.contains(one))
            .count();
  }

  @Override
  public SentCommand answers(String commandId, Subject onBehalfOf) {
    transcript.read("VPN", "answers to " + commandId);
    if (isSilent) {
      return new SentCommand(
          commandId, List.of(new Answer(World.vpnInstance(0).value(), "Pending", "")));
    }
    ended.add(commandId);
    NatSet set = commands.get(commandId);
    return new SentCommand(
        commandId, set == null ? asked.getOrDefault(commandId, List.of()) : answering.apply(set));
  }
}
