package io.peerway.functions.seen;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.peerway.functions.Json;
import io.peerway.model.network.Peering;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.Complete;
import io.peerway.plan.Aws;
import io.peerway.plan.report.PastReport;
import io.peerway.plan.seen.LastRun;
import io.peerway.plan.seen.Picture;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is read for a view: the last run of {@code reconcile} (two calls) and the hub's peering
 * connections (one). It is kept for a minute, with what was drawn from it: a dashboard asks for
 * three widgets at once, and again and again.
 */
final class Glance {
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final Aws aws;
  private @Nullable Instant at;
  private @Nullable Picture picture;
  private final Map<Object, String> drawn = new HashMap<>();

  Glance(Aws aws) {
    this.aws = aws;
  }

  /** The picture, read at most a minute ago. */
  Picture picture() {
    Picture known = picture;
    if (known != null && isFresh()) {
      return known;
    }
    Picture now = read(this::lastRun);
    drawn.clear();
    at = aws.now();
    picture = now;
    return now;
  }

  /**
   * The same; where it has to be read, with the run of this name, which need not be looked for.
   * That may be an older one, so it is not kept.
   */
  Picture picture(@Nullable String run) {
    return run == null || isFresh() ? picture() : read(() -> named(run).or(this::lastRun));
  }

  private Picture read(Supplier<Optional<LastRun>> last) {
    Complete<Peering> peerings = aws.hub(new AllConnections()).peerings();
    return Picture.of(peerings, last.get(), aws.settings(), aws.now());
  }

  /** What was drawn from the picture for the same look, or is drawn now. */
  String drawn(Object look, Function<Picture, String> drawing) {
    Picture now = picture();
    return drawn.computeIfAbsent(look, ignored -> drawing.apply(now));
  }

  private boolean isFresh() {
    Instant then = at;
    return then != null && Duration.between(then, aws.now()).compareTo(FRESH) < 0;
  }

  private Optional<LastRun> lastRun() {
    return aws.past().latest(1).stream()
        .findFirst()
        .flatMap(
            run ->
                report(run.output())
                    .map(report -> new LastRun(run.name(), run.startedAt(), report)));
  }

  private Optional<LastRun> named(String name) {
    return aws.past()
        .named(name)
        .flatMap(
            run ->
                report(run.output())
                    .map(report -> new LastRun(run.name(), run.startedAt(), report)));
  }

  /** What a run has answered; empty where it is something else. */
  static Optional<PastReport> report(String output) {
    if (output.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(Json.mapper().readValue(output, PastReport.class))
          .filter(report -> report.mode() != null && report.extent() != null);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
