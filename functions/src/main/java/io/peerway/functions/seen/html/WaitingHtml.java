package io.peerway.functions.seen.html;

import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.p;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import io.peerway.plan.seen.Waiting;
import j2html.tags.DomContent;
import j2html.tags.specialized.TrTag;
import java.util.List;

/** The widget Waiting and refused. */
public final class WaitingHtml {
  private WaitingHtml() {}

  /**
   * The whole widget.
   *
   * @param checked when the last run was; empty where there was none
   */
  public static String of(Page page, Waiting waiting, String checked) {
    return page.of(
        section("Waits for approval", "Nothing waits for a person.", waiting.approval()),
        section("Waits for room in the hub VPC", "Nothing waits for room.", waiting.room()),
        section("Refused", "Nothing is refused.", waiting.refused()),
        section("Held back", "No repair is held back.", waiting.heldBack()),
        section("Could not be read", "Everything could be read.", waiting.unknown()),
        section("Left alone", "Nothing else was left alone.", waiting.leftAlone()),
        p().with(
                Page.muted(
                    checked.isEmpty()
                        ? "No run of reconcile has ended well yet."
                        : "As the run of reconcile of " + checked + " found it.")));
  }

  private static DomContent section(String title, String none, List<Waiting.Item> items) {
    return div()
        .with(
            h2(title + (items.isEmpty() ? "" : " (" + items.size() + ")")),
            items.isEmpty() ? p().with(Page.muted(none)) : table(items));
  }

  private static DomContent table(List<Waiting.Item> items) {
    return j2html.TagCreator.table()
        .with(
            thead().with(tr().with(th("Where").withStyle("width:34%"), th("What, and what to do"))),
            tbody().with(each(items, WaitingHtml::row)));
  }

  private static TrTag row(Waiting.Item item) {
    return tr().with(
            td().with(
                    Page.words(item.at()),
                    item.who().isEmpty() ? p() : p().with(Page.muted(item.who()))),
            td().with(Page.words(item.what())).with(each(item.commands(), Page::command)));
  }
}
