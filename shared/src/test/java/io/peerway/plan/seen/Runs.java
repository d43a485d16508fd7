package io.peerway.plan.seen;

import io.peerway.model.Start;
import io.peerway.model.network.Peering;
import io.peerway.model.network.PeeringStatus;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Place;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import io.peerway.plan.nat.VpnCount;
import io.peerway.plan.report.HeldBack;
import io.peerway.plan.report.PastReport;
import io.peerway.plan.report.PastReport.Repaired;
import io.peerway.plan.report.ReportLine;
import io.peerway.plan.report.Seen;
import io.peerway.plan.report.Standing;
import io.peerway.testing.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A run of reconcile, as a test wants it to have ended. */
final class Runs {
  static final Instant READ = Instant.parse("2026-11-29T12:00:00Z");
  static final Instant NOW = READ.plusSeconds(60);
  static final Peering CONNECTED =
      Samples.request(PeeringStatus.ACTIVE)
          .with(Tags.CIDRS, "10.110.0.0/16")
          .with(Tags.BY, Tags.BY_TAG)
          .with(Tags.ACCOUNT, "payments");

  private final List<ReportLine> changes = new ArrayList<>();
  private final List<ReportLine> unknown = new ArrayList<>();
  private final List<ReportLine> leftAlone = new ArrayList<>();
  private final List<Start> todo = new ArrayList<>();
  private final List<Standing> standings = new ArrayList<>();
  private final List<Repaired> repaired = new ArrayList<>();
  private final List<HeldBack> heldBack = new ArrayList<>();
  private final List<VpcId> refused = new ArrayList<>();
  private final List<VpnCount> counts = new ArrayList<>();

  Runs changed(String line) {
    changes.add(ReportLine.read(line));
    return this;
  }

  Runs unread(String line) {
    unknown.add(ReportLine.read(line));
    return this;
  }

  Runs left(String line) {
    leftAlone.add(ReportLine.read(line));
    return this;
  }

  Runs ends(PeeringId id) {
    todo.add(new Start.Disconnect(Samples.SERVICE_ACCOUNT, id, "its tag is off"));
    return this;
  }

  Runs stands(Standing standing) {
    standings.add(standing);
    return this;
  }

  Runs failed(Place at, String error) {
    repaired.add(new Repaired(at, "FAILED", error));
    return this;
  }

  Runs heldBack(Place at, String what) {
    heldBack.add(new HeldBack(at, READ.toString(), what));
    return this;
  }

  Runs refused(VpcId vpc) {
    refused.add(vpc);
    return this;
  }

  Runs counted(VpnCount count) {
    counts.add(count);
    return this;
  }

  PastReport report() {
    return new PastReport(
        "plan",
        "all",
        "0 of 1",
        changes,
        unknown,
        leftAlone,
        todo,
        repaired,
        heldBack,
        new Seen(READ.toString(), Samples.HUB_CIDRS, 10, counts, refused, standings, null),
        "");
  }

  LastRun ended() {
    return new LastRun("run-1", READ, report());
  }

  /** The picture after it, a minute later. */
  Picture picture(Settings settings, Peering... peerings) {
    return Picture.of(new Complete<>(List.of(peerings)), Optional.of(ended()), settings, NOW);
  }
}
