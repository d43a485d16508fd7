package io.peerway.plan.nat;

import io.peerway.model.SentCommand;
import io.peerway.model.value.Cidr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What stands between clients and the services of one connection on the VPN instances, in
 * sentences.
 *
 * @param obstructed chains of others that let nothing of it through
 * @param unpushed networks that OpenVPN does not tell clients of
 */
public record VpnSight(List<String> obstructed, List<String> unpushed) {
  /** Nothing that is known of. */
  public static final VpnSight CLEAR = new VpnSight(List.of(), List.of());

  /**
   * From the answers of these instances.
   *
   * @param parse reads it out of the document's output
   */
  public static VpnSight of(
      SentCommand command,
      Collection<String> instances,
      List<Cidr> services,
      Function<String, Optional<Surroundings>> parse) {
    List<String> obstructed = new ArrayList<>();
    List<String> unpushed = new ArrayList<>();
    for (SentCommand.Answer answer : command.answers()) {
      if (instances.contains(answer.instance())) {
        Surroundings seen = parse.apply(answer.output()).orElse(Surroundings.NONE);
        obstructed.addAll(seen.obstructing(answer.instance(), services));
        unpushed.addAll(seen.unpushed(answer.instance(), services));
      }
    }
    return new VpnSight(List.copyOf(obstructed), List.copyOf(unpushed));
  }

  public boolean stopsClients() {
    return !obstructed.isEmpty();
  }
}
