package io.peerway.testing;

import io.peerway.model.port.Doctor;
import io.peerway.model.port.EventHistory;
import io.peerway.model.port.EventQueue;
import io.peerway.model.port.FreezeCalendar;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Organization;
import io.peerway.model.port.PastRun;
import io.peerway.model.port.PastRuns;
import io.peerway.model.port.ServiceAccounts;
import io.peerway.model.port.VpnInstances;
import io.peerway.model.port.Workflows;
import io.peerway.model.value.Subject;
import io.peerway.plan.Aws;
import io.peerway.plan.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a function has of a world that stands in for AWS; what it has not named it does not have.
 */
public final class FakeAws {
  private Settings settings = Samples.settings();
  private final Function<Subject, EventHistory> hubEvents;
  private Function<Subject, HubNetwork> hub;
  private ServiceAccounts services;
  private @Nullable Organization organization;
  private @Nullable VpnInstances vpn;
  private @Nullable PastRuns past;
  private @Nullable Workflows workflows;
  private @Nullable EventQueue queue;
  private @Nullable Doctor doctor;
  private FreezeCalendar freezeCalendar = FreezeCalendar.NONE;
  private Clock clock = Clock.systemUTC();
  private Consumer<String> log = line -> {};

  private FakeAws(World world) {
    this.hub = world.hub();
    this.hubEvents = world.hubEvents();
    this.services = world.serviceAccounts();
  }

  /** Both sides' networks. */
  public static Aws of(World world) {
    return with(world).aws();
  }

  /** The same, to be changed. */
  public static FakeAws with(World world) {
    return new FakeAws(world);
  }

  public FakeAws settings(Settings those) {
    settings = those;
    return this;
  }

  public FakeAws hub(Function<Subject, HubNetwork> other) {
    hub = other;
    return this;
  }

  public FakeAws services(ServiceAccounts others) {
    services = others;
    return this;
  }

  public FakeAws organization(Organization register) {
    organization = register;
    return this;
  }

  public FakeAws vpn(VpnInstances instances) {
    vpn = instances;
    return this;
  }

  public FakeAws past(PastRuns runs) {
    past = runs;
    return this;
  }

  /** The latest executions; nobody asks for one by its name. */
  public FakeAws past(IntFunction<List<PastRun>> latest) {
    return past(
        new PastRuns() {
          @Override
          public List<PastRun> latest(int atMost) {
            return latest.apply(atMost);
          }

          @Override
          public Optional<Run> named(String name) {
            return Optional.empty();
          }
        });
  }

  public FakeAws workflows(Workflows those) {
    workflows = those;
    return this;
  }

  public FakeAws queue(EventQueue events) {
    queue = events;
    return this;
  }

  public FakeAws doctor(Doctor other) {
    doctor = other;
    return this;
  }

  public FakeAws freezeCalendar(FreezeCalendar calendar) {
    freezeCalendar = calendar;
    return this;
  }

  public FakeAws clock(Clock other) {
    clock = other;
    return this;
  }

  /** Takes each line of the log. */
  public FakeAws log(Consumer<String> lines) {
    log = lines;
    return this;
  }

  public Aws aws() {
    return new Aws(
        settings,
        hub,
        hubEvents,
        services,
        organization,
        vpn,
        past,
        workflows,
        queue,
        doctor,
        freezeCalendar,
        clock,
        log);
  }
}
