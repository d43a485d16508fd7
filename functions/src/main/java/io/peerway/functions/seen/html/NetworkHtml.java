package io.peerway.functions.seen.html;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;

import io.peerway.plan.seen.LastRun;
import io.peerway.plan.seen.Picture;
import io.peerway.plan.seen.Service;
import j2html.tags.DomContent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The widget Network: the drawing, and behind each service what is known of it. */
public final class NetworkHtml {
  // What the widget's own edge and a scroll bar take.
  private static final int EDGES = 36;
  private static final int LEAST = 220;

  // Twice the time between two runs, and some more for the run itself.
  private static final Duration OLD = Duration.ofMinutes(130);

  private NetworkHtml() {}

  /** The whole widget. */
  public static String of(Page page, Links links, Picture picture, Instant now) {
    int width = Math.max(LEAST, page.width() - EDGES);
    NetworkSvg svg = new NetworkSvg(page.theme(), width, picture);
    Grid grid = Grid.of(width, picture.services().size(), svg.top());
    return page.of(
        p().with(counts(page, picture)),
        p().with(checked(links, picture, now)),
        div()
            .withClass("pw-picture")
            .withStyle("width:" + width + "px;height:" + grid.bottom() + "px")
            .with(svg.of(grid))
            .with(hits(links, picture, grid)));
  }

  private static DomContent counts(Page page, Picture picture) {
    return each(
        span(NetworkSvg.summary(picture) + " "),
        each(
            picture.counts().entrySet(),
            count ->
                span()
                    .withStyle("margin-left:12px")
                    .with(page.state(count.getKey()), span(" " + count.getValue()))));
  }

  private static DomContent checked(Links links, Picture picture, Instant now) {
    LastRun last = picture.last();
    if (last == null) {
      return Page.muted(
          "No run of reconcile has ended well yet: whether a connection is as it should be is not"
              + " known.");
    }
    boolean isOld = Duration.between(last.startedAt(), now).compareTo(OLD) > 0;
    return each(
        Page.muted(
            "Checked by the run of " + last.startedAt() + ": " + last.report().summary() + ". "),
        Page.link(links.reconcile(last.name()), "Its execution"),
        Page.muted(
            isOld
                ? " That is longer ago than it should be: later runs have failed, or none began."
                : ""));
  }

  private static List<DomContent> hits(Links links, Picture picture, Grid grid) {
    List<DomContent> hits = new ArrayList<>();
    for (int n = 0; n < picture.services().size(); n++) {
      Service service = picture.services().get(n);
      hits.add(
          Action.opening(links.show(), event(service, picture))
              .on(
                  Action.pressable("")
                      .with(Page.unseen(words(service)))
                      .withClass("pw-hit")
                      .withStyle(
                          "left:%dpx;top:%dpx;width:%dpx;height:%dpx"
                              .formatted(grid.x(n), grid.y(n), grid.cellWidth(), Grid.CELL_HEIGHT))
                      .withTitle(title(service))));
    }
    return hits;
  }

  // With the run that it was drawn from, so that nobody looks for it again.
  private static Map<String, String> event(Service service, Picture picture) {
    LastRun last = picture.last();
    String id = service.id().value();
    return last == null
        ? Map.of("widget", "details", "id", id)
        : Map.of("widget", "details", "id", id, "run", Objects.requireNonNull(last).name());
  }

  // An attribute in which somebody else's words stand is an attribute that they can take away:
  // the dashboard removes one with "</script" or "]>" in it, as DOMPurify does.
  private static String title(Service service) {
    return "account %s, %s, %s"
        .formatted(service.side().account(), service.side().region(), service.side().vpc());
  }

  private static String words(Service service) {
    return "%s: %s, account %s, %s, %s, %s: %s"
        .formatted(
            service.state().word(),
            service.name(),
            service.side().account(),
            service.side().region(),
            service.side().vpc(),
            service.cidrs().stream().map(Object::toString).collect(Collectors.joining(" ")),
            service.judgement().why());
  }
}
