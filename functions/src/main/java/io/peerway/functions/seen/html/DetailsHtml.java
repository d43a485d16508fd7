package io.peerway.functions.seen.html;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.tr;

import io.peerway.plan.seen.Details;
import io.peerway.plan.seen.LastRun;
import io.peerway.plan.seen.Picture;
import io.peerway.plan.seen.Service;
import j2html.tags.DomContent;
import j2html.tags.specialized.TrTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is known of one connection, and what can be done about it. */
public final class DetailsHtml {
  private DetailsHtml() {}

  /**
   * The pop-up.
   *
   * @param changed who changed the peering connection last, and how; in words
   */
  public static String of(
      Page page, Links links, Details details, Picture picture, String changed) {
    Service service = details.service();
    return page.of(
        h2().with(Page.words(service.name()), text(" ("), text(service.id().value()), text(")")),
        p().with(page.state(service.state()), text(": "), Page.words(service.judgement().why())),
        table().with(tbody().with(rows(links, details, picture, changed))),
        div().withStyle("margin-top:8px").with(buttons(links, service)));
  }

  private static List<TrTag> rows(Links links, Details details, Picture picture, String changed) {
    Service service = details.service();
    List<TrTag> rows = new ArrayList<>();
    rows.add(row("Service VPC", Page.words(service.side().vpc().value())));
    rows.add(
        row(
            "Account, Region",
            Page.words(service.side().account() + ", " + service.side().region())));
    rows.add(row("Since when", Page.words(details.since())));
    rows.add(row("Who asked", Page.words(details.asked())));
    rows.add(
        row(
            "What differs",
            details.differs().isEmpty()
                ? Page.words("nothing that the last run found")
                : Page.list(details.differs())));
    rows.add(row("Routes, in every table", Page.list(details.routes())));
    rows.add(row("Openings", Page.list(details.openings())));
    rows.add(row("NAT", Page.list(details.nat())));
    rows.add(row("Last change of the peering connection", Page.words(changed)));
    rows.add(row("Executions", executions(links, details, picture)));
    return rows;
  }

  private static TrTag row(String name, DomContent value) {
    return tr().with(th(name).attr("scope", "row").withStyle("width:30%"), td().with(value));
  }

  private static DomContent executions(Links links, Details details, Picture picture) {
    List<DomContent> executions = new ArrayList<>();
    LastRun last = picture.last();
    if (last != null) {
      executions.add(
          p().with(Page.link(links.reconcile(last.name()), "reconcile, " + last.startedAt())));
    }
    for (String execution : details.executions()) {
      executions.add(p().with(Page.link(links.connect(execution), "connect, " + execution)));
    }
    return executions.isEmpty() ? Page.words("none is known") : each(executions.stream());
  }

  private static List<DomContent> buttons(Links links, Service service) {
    // Without the account's name, which could have the dashboard remove the question (NetworkHtml).
    String id = service.id().value();
    return List.of(
        Action.opening(links.act(), Map.of("act", "plan", "id", id))
            .confirmed("Have reconcile say what it would change of " + id + "?")
            .button("Plan", false),
        Action.opening(links.act(), Map.of("act", "repair", "id", id))
            .confirmed(
                "Have reconcile change what differs of "
                    + id
                    + "? Where it has to end, it is ended.")
            .button("Repair", true));
  }
}
