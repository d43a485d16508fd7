package io.peerway.aws;

import io.peerway.model.NatSet;
import io.peerway.model.SentCommand;
import io.peerway.model.network.Tags;
import io.peerway.model.port.VpnInstances;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Subject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.InvalidCommandIdException;
import software.amazon.awssdk.services.ssm.model.Target;

/**
 * {@link VpnInstances} through Systems Manager Run Command with our own document, addressed by tag:
 * one call for all of them.
 */
public final class SsmVpnInstances implements VpnInstances {
  private static final int DELIVERY_SECONDS = 120;

  private final SsmClient ssm;
  private final String document;

  SsmVpnInstances(SsmClient ssm, String document) {
    this.ssm = ssm;
    this.document = document;
  }

  @Override
  public String send(NatSet set, Subject onBehalfOf) {
    return command("send the NAT set to", "apply", set, onBehalfOf);
  }

  @Override
  public String ask(NatSet set, Subject onBehalfOf) {
    return command("ask what is in force on", "report", set, onBehalfOf);
  }

  private String command(String what, String mode, NatSet set, Subject onBehalfOf) {
    return AwsErrors.call(
        onBehalfOf + ": " + what + " the VPN instances",
        () ->
            ssm.sendCommand(
                    r ->
                        r.documentName(document)
                            .comment("NAT for " + onBehalfOf)
                            // An instance that is not there to take the command fails it soon
                            // instead of after an hour.
                            .timeoutSeconds(DELIVERY_SECONDS)
                            .targets(Target.builder().key("tag:" + Tags.ROLE).values("vpn").build())
                            .parameters(
                                Map.of(
                                    "Mode", List.of(mode),
                                    "Clients", List.of(written(set.clients())),
                                    "Services", List.of(written(set.services())),
                                    "Unclaimed", List.of(written(set.unclaimed())),
                                    "Generation", List.of(Long.toString(set.generation()))))
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
