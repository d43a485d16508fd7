package io.peerway.aws;

import io.peerway.model.NatSet;
import io.peerway.model.SentCommand;
import io.peerway.model.network.Tags;
import io.peerway.model.port.VpnInstances;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Port;
import io.peerway.model.value.Subject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Command;
import software.amazon.awssdk.services.ssm.model.CommandFilter;
import software.amazon.awssdk.services.ssm.model.CommandFilterKey;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.CommandStatus;
import software.amazon.awssdk.services.ssm.model.InvalidCommandIdException;
import software.amazon.awssdk.services.ssm.model.Target;

/**
 * {@link VpnInstances} through Systems Manager Run Command with our own documents, addressed by
 * tag: one call for all of them.
 */
public final class SsmVpnInstances implements VpnInstances {
  private static final int DELIVERY_SECONDS = 120;

  // The most that one call answers (Systems Manager API reference, "ListCommands").
  private static final int PAGE = 50;
  private static final Set<CommandStatus> UNDERWAY =
      Set.of(CommandStatus.PENDING, CommandStatus.IN_PROGRESS, CommandStatus.CANCELLING);

  private final SsmClient ssm;
  private final String document;
  private final String probe;

  /**
   * Those that these documents reach.
   *
   * @param document sets NAT, and tells what is in force
   * @param probe tries to reach an address
   */
  SsmVpnInstances(SsmClient ssm, String document, String probe) {
    this.ssm = ssm;
    this.document = document;
    this.probe = probe;
  }

  @Override
  public String send(NatSet set, Subject onBehalfOf) {
    return command("send the NAT set to", "apply", set, onBehalfOf);
  }

  @Override
  public String ask(NatSet set, Subject onBehalfOf) {
    return command("ask what is in force on", "report", set, onBehalfOf);
  }

  @Override
  public String probe(Cidr address, Port port, Subject onBehalfOf) {
    return sent(
        "try " + port + " of " + address + " from",
        probe,
        Map.of(
            "Address", List.of(address.value().substring(0, address.value().indexOf('/'))),
            "Protocol",
                List.of(port instanceof Port.Range range ? range.protocol().code() : "icmp"),
            "Port", List.of(port instanceof Port.Range range ? "" + range.first() : "1")),
        onBehalfOf);
  }

  // Which of two that were sent in one moment was first, their ids decide for everybody alike.
  @Override
  public int probesBefore(String command, Instant since, Subject onBehalfOf) {
    List<Command> underway =
        AwsErrors.call(
            onBehalfOf + ": list what the VPN instances try",
            () ->
                ssm
                    .listCommands(
                        r ->
                            r.filters(
                                    filter(CommandFilterKey.DOCUMENT_NAME, probe),
                                    filter(
                                        CommandFilterKey.INVOKED_AFTER,
                                        since
                                            .minusSeconds(DELIVERY_SECONDS)
                                            .truncatedTo(ChronoUnit.SECONDS)
                                            .toString()))
                                .maxResults(PAGE)
                                .overrideConfiguration(Caller.named(onBehalfOf)))
                    .commands()
                    .stream()
                    .filter(one -> UNDERWAY.contains(one.status()))
                    .sorted(
                        Comparator.comparing(Command::requestedDateTime)
                            .thenComparing(Command::commandId))
                    .toList());
    return (int) underway.stream().takeWhile(one -> !one.commandId().equals(command)).count();
  }

  private static CommandFilter filter(CommandFilterKey key, String value) {
    return CommandFilter.builder().key(key).value(value).build();
  }

  private String command(String what, String mode, NatSet set, Subject onBehalfOf) {
    return sent(
        what,
        document,
        Map.of(
            "Mode", List.of(mode),
            "Clients", List.of(written(set.clients())),
            "Services", List.of(written(set.services())),
            "Unclaimed", List.of(written(set.unclaimed())),
            "Generation", List.of(Long.toString(set.generation()))),
        onBehalfOf);
  }

  private String sent(
      String what, String name, Map<String, List<String>> parameters, Subject onBehalfOf) {
    return AwsErrors.call(
        onBehalfOf + ": " + what + " the VPN instances",
        () ->
            ssm.sendCommand(
                    r ->
                        r.documentName(name)
                            .comment("Peerway for " + onBehalfOf)
                            // An instance that is not there to take the command fails it soon
                            // instead of after an hour.
                            .timeoutSeconds(DELIVERY_SECONDS)
                            .targets(Target.builder().key("tag:" + Tags.ROLE).values("vpn").build())
                            .parameters(parameters)
                            .overrideConfiguration(Caller.named(onBehalfOf)))
                .command()
                .commandId());
  }

  // The document takes the empty set only as the word "none", so that an empty value sent by
  // mistake changes nothing.
  private static String written(List<Cidr> cidrs) {
    return cidrs.isEmpty()
        ? "none"
        : cidrs.stream().map(Cidr::value).collect(Collectors.joining(","));
  }

  @Override
  public SentCommand answers(String commandId, Subject onBehalfOf) {
    return AwsErrors.call(
        onBehalfOf + ": read the answers to command " + commandId,
        () -> {
          try {
            return new SentCommand(
                commandId,
                ssm
                    .listCommandInvocationsPaginator(
                        r ->
                            r.commandId(commandId)
                                .details(true)
                                .overrideConfiguration(Caller.named(onBehalfOf)))
                    .commandInvocations()
                    .stream()
                    .map(SsmVpnInstances::answer)
                    .toList());
          } catch (InvalidCommandIdException e) {
            // Run Command is eventually consistent too: a command just sent may not be found for a
            // moment.
            return new SentCommand(commandId, List.of());
          }
        });
  }

  private static SentCommand.Answer answer(CommandInvocation seen) {
    String output =
        seen.commandPlugins().stream()
            .map(CommandPlugin::output)
            .filter(java.util.Objects::nonNull)
            .collect(Collectors.joining("\n"));
    return new SentCommand.Answer(seen.instanceId(), seen.statusAsString(), output);
  }
}
