package io.peerway.plan.seen;

import io.peerway.model.Parties;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.Complete;
import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Place;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.nat.VpnCount;
import io.peerway.plan.report.Looked;
import io.peerway.plan.report.PastReport;
import io.peerway.plan.report.ReportLine;
import io.peerway.plan.report.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole network, as one picture shows it.
 *
 * @param services those that need somebody first
 * @param vpnNote what is to be said of all VPN instances; empty where there is nothing
 * @param last the last run; null where none has ended yet
 */
public record Picture(
    Settings settings,
    List<Cidr> hub,
    List<Vpn> vpn,
    String vpnNote,
    List<Service> services,
    Looked looked,
    @Nullable LastRun last) {

  public Picture {
    hub = List.copyOf(hub);
    vpn = List.copyOf(vpn);
    services = List.copyOf(services);
  }

  /**
   * Put together.
   *
   * @param peerings every peering connection of the hub account, in whatever status
   */
  public static Picture of(
      Complete<Peering> peerings, Optional<LastRun> last, Settings settings, Instant now) {
    Looked looked = last.map(LastRun::looked).orElse(Looked.NOTHING);
    Optional<Seen> seen = last.map(LastRun::report).map(PastReport::seen);
    return new Picture(
        settings,
        hub(peerings, seen, settings.hubVpc()),
        vpn(looked, seen),
        note(looked),
        services(peerings, looked, settings.hubVpc(), now),
        looked,
        last.orElse(null));
  }

  private static List<Cidr> hub(Complete<Peering> peerings, Optional<Seen> seen, VpcId hub) {
    return seen.map(Seen::hub)
        .orElseGet(
            () ->
                peerings.items().stream()
                    .flatMap(peering -> Stream.of(peering.requester(), peering.accepter()))
                    .filter(side -> side.vpc().equals(hub) && !side.cidrs().isEmpty())
                    .findFirst()
                    .map(side -> side.cidrs())
                    .orElse(List.of()));
  }

  private static List<Service> services(
      Complete<Peering> peerings, Looked looked, VpcId hub, Instant now) {
    List<Peering> ours = peerings.items().stream().filter(peering -> peering.joins(hub)).toList();
    Set<VpcId> live =
        ours.stream()
            .filter(Peering::isLive)
            .map(peering -> Parties.service(peering, hub).vpc())
            .collect(Collectors.toSet());
    return ours.stream()
        .filter(
            peering ->
                peering.isLive()
                    || (isTold(peering) && !live.contains(Parties.service(peering, hub).vpc())))
        .map(
            peering ->
                new Service(
                    peering, Parties.service(peering, hub), Judgement.of(peering, looked, now)))
        .sorted(
            Comparator.comparing(Service::state)
                .thenComparing(Service::name)
                .thenComparing(Service::id))
        .toList();
  }

  // Of what is over, EC2 shows much for some hours: what was asked for and expired tells nobody
  // anything.
  private static boolean isTold(Peering peering) {
    return peering.isHalfGone()
        || peering.status() == PeeringStatus.REJECTED
        || peering.status() == PeeringStatus.DELETING;
  }

  private static List<Vpn> vpn(Looked looked, Optional<Seen> seen) {
    Map<InstanceId, VpnCount> counts = new TreeMap<>();
    seen.map(Seen::vpn).orElse(List.of()).forEach(count -> counts.put(count.instance(), count));
    Set<InstanceId> all = new TreeSet<>(counts.keySet());
    Stream.of(looked.changes(), looked.unknown(), looked.leftAlone())
        .flatMap(List::stream)
        .flatMap(line -> Stream.ofNullable(instance(line.at())))
        .forEach(all::add);
    List<Vpn> vpn = new ArrayList<>();
    for (InstanceId id : all) {
      vpn.add(vpn(id, looked, Optional.ofNullable(counts.get(id))));
    }
    return vpn;
  }

  private static Vpn vpn(InstanceId id, Looked looked, Optional<VpnCount> count) {
    Place at = new Place.OnVpn(id);
    List<ReportLine> unknown = Looked.at(at, looked.unknown());
    List<ReportLine> changes = Looked.at(at, looked.changes());
    if (!unknown.isEmpty()) {
      return new Vpn(id, State.UNKNOWN, unknown.getFirst().what(), count);
    }
    if (!changes.isEmpty()) {
      return new Vpn(id, State.DRIFTED, changes.getFirst().what(), count);
    }
    return new Vpn(
        id,
        State.CONNECTED,
        Looked.at(at, looked.leftAlone()).stream()
            .map(ReportLine::what)
            .findFirst()
            .orElse("it translates what it should"),
        count);
  }

  private static @Nullable InstanceId instance(@Nullable Place place) {
    return switch (place) {
      case Place.OnVpn(InstanceId id) -> id;
      case Place.OpenVpn(InstanceId id) -> id;
      case null, default -> null;
    };
  }

  private static String note(Looked looked) {
    Place all = new Place.OnAnyVpn();
    return Stream.of(looked.unknown(), looked.changes())
        .flatMap(lines -> Looked.at(all, lines).stream())
        .map(ReportLine::what)
        .findFirst()
        .orElse("");
  }

  /** How many there are in each state; those with none are left out. */
  public Map<State, Integer> counts() {
    Map<State, Integer> counts = new EnumMap<>(State.class);
    services.forEach(service -> counts.merge(service.state(), 1, Integer::sum));
    return counts;
  }

  /** The one with this id. */
  public Optional<Service> service(PeeringId id) {
    return services.stream().filter(service -> service.id().equals(id)).findFirst();
  }

  /** What the last run saw besides; null where there was none. */
  public @Nullable Seen seen() {
    return last == null ? null : last.report().seen();
  }

  /** VPCs that a person has refused. */
  public List<VpcId> refusedVpcs() {
    return Objects.requireNonNullElse(seen() == null ? null : seen().refused(), List.of());
  }
}
