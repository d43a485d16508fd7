package io.peerway.plan;

import io.peerway.model.Membership;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.Doctor;
import io.peerway.model.port.EventHistory;
import io.peerway.model.port.EventQueue;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.port.Organization;
import io.peerway.model.port.PastRuns;
import io.peerway.model.port.ServiceAccounts;
import io.peerway.model.port.VpnInstances;
import io.peerway.model.port.Workflows;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Subject;
import io.peerway.model.value.VpcId;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a function has of AWS: the ports that it has named, made once from its environment, and the
 * settings. To use one that it has not named is a mistake of its own, and thrown.
 *
 * @param hub the hub account's network, on behalf of a subject
 * @param hubEvents what CloudTrail knows of the hub account
 * @param past what earlier executions of {@code reconcile} found
 * @param queue where the function's events come from
 * @param doctor says why somebody cannot reach something
 * @param log takes a line for each thing that is decided or done on the way
 */
public record Aws(
    @Nullable Settings settings,
    @Nullable Function<Subject, HubNetwork> hub,
    @Nullable Function<Subject, EventHistory> hubEvents,
    @Nullable ServiceAccounts services,
    @Nullable Organization organization,
    @Nullable VpnInstances vpn,
    @Nullable PastRuns past,
    @Nullable Workflows workflows,
    @Nullable EventQueue queue,
    @Nullable Doctor doctor,
    Clock clock,
    Consumer<String> log) {

  @Override
  public Settings settings() {
    return named(settings, "the settings");
  }

  @Override
  public Function<Subject, HubNetwork> hub() {
    return named(hub, "the hub account's network");
  }

  @Override
  public Function<Subject, EventHistory> hubEvents() {
    return named(hubEvents, "the hub account's events");
  }

  @Override
  public ServiceAccounts services() {
    return named(services, "the service accounts");
  }

  @Override
  public Organization organization() {
    return named(organization, "the organisation");
  }

  @Override
  public VpnInstances vpn() {
    return named(vpn, "the VPN instances");
  }

  @Override
  public PastRuns past() {
    return named(past, "past executions");
  }

  @Override
  public Workflows workflows() {
    return named(workflows, "workflows");
  }

  @Override
  public EventQueue queue() {
    return named(queue, "a queue");
  }

  @Override
  public Doctor doctor() {
    return named(doctor, "the doctor");
  }

  /** The hub account's network, on behalf of {@code subject}. */
  public HubNetwork hub(Subject subject) {
    return hub().apply(subject);
  }

  /** The hub VPC itself. */
  public Vpc hubVpc(HubNetwork network) {
    VpcId id = settings().hubVpc();
    return network
        .vpc(id)
        .orElseThrow(() -> new NotYetVisible(id + " is not visible in the hub account"));
  }

  /** The service's network of one connection. */
  public Network inside(VpcSide service, PeeringId onBehalfOf) {
    return services().network(service.account(), service.region(), onBehalfOf);
  }

  /** Whether the account belongs here, with its units only where units are asked for. */
  public Membership membership(AccountId account, Subject onBehalfOf) {
    return organization().membership(account, !settings().allowedUnits().isEmpty(), onBehalfOf);
  }

  /** The time of this moment. */
  public Instant now() {
    return clock.instant();
  }

  /** Writes a line into the log. */
  public void say(String line) {
    log.accept(line);
  }

  private static <T> T named(@Nullable T port, String what) {
    return Objects.requireNonNull(port, () -> "a function has to name " + what + " to use it");
  }
}
