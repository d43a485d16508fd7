package io.peerway.functions.seen.html;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.text;

import io.peerway.model.port.PastRuns;
import io.peerway.plan.report.PastReport;
import io.peerway.plan.report.ReportLine;
import j2html.tags.DomContent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run of {@code reconcile} that somebody has started, and what has become of it. */
public final class RunHtml {
  private RunHtml() {}

  /** Just begun, or begun a moment ago by somebody else. */
  public static String started(Page page, Links links, String what, String run, boolean isNew) {
    return page.of(
        h2(isNew ? "Begun: " + what : "It has begun already: " + what),
        p().with(Page.link(links.reconcile(run), "Its execution")),
        again(links, run, "See what it says"));
  }

  /** How far it is, and what it says. */
  public static String of(Page page, Links links, PastRuns.Run run, Optional<PastReport> report) {
    return page.of(
        h2("reconcile, begun at " + run.startedAt() + ": " + run.status()),
        run.error().isEmpty()
            ? text("")
            : p().withClass("pw-error").with(Page.words(run.error() + ": " + run.cause())),
        report.map(RunHtml::report).orElse(text("")),
        p().with(Page.link(links.reconcile(run.name()), "Its execution")),
        run.status().equals("RUNNING") ? again(links, run.name(), "Look again") : text(""));
  }

  private static DomContent again(Links links, String run, String words) {
    return Action.opening(links.show(), Map.of("widget", "run", "run", run)).button(words, true);
  }

  private static DomContent report(PastReport report) {
    return div()
        .with(
            p().with(Page.words(report.summary())),
            lines(
                report.mode().equals("plan") ? "Would be changed" : "Was to be changed",
                report.changes()),
            lines("Unknown", report.unknown()),
            lines("Left alone", report.leftAlone()),
            report.repaired().isEmpty()
                ? text("")
                : each(
                    h2("Repaired"),
                    Page.list(
                        report.repaired().stream()
                            .map(
                                done ->
                                    done.at()
                                        + ": "
                                        + done.state()
                                        + (done.error().isEmpty() ? "" : ", " + done.error()))
                            .toList())));
  }

  private static DomContent lines(String title, List<ReportLine> lines) {
    return lines.isEmpty()
        ? text("")
        : each(h2(title), Page.list(lines.stream().map(ReportLine::toString).toList()));
  }
}
