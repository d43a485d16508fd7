package io.peerway.functions.seen.html;

import static j2html.TagCreator.each;
import static j2html.TagCreator.form;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.option;
import static j2html.TagCreator.p;
import static j2html.TagCreator.select;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import io.peerway.plan.seen.State;
import j2html.tags.DomContent;
import j2html.tags.specialized.TrTag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The widget Why can't I reach it?: a form, and what the doctor has answered. */
public final class ReachHtml {
  private static final List<String> PROTOCOLS = List.of("tcp", "udp", "icmp");

  private ReachHtml() {}

  /**
   * What stands in the form.
   *
   * @param port as it was typed
   */
  public record Filled(String to, String port, String protocol) {}

  /** The form alone. */
  public static String unasked(Page page, Links links, Filled filled) {
    return page.of(fields(links, filled));
  }

  /** The form, and why it was not answered. */
  public static String refused(Page page, Links links, Filled filled, String why) {
    return page.of(
        fields(links, filled),
        p().withClass("pw-error").attr("role", "alert").with(Page.words(why)));
  }

  /** The form, and the answer. */
  public static String answered(Page page, Links links, Filled filled, Diagnosis answer) {
    return page.of(
        fields(links, filled),
        h2().with(Page.words(answer.summary())),
        answer.hops().isEmpty() ? text("") : hops(page, answer.hops()));
  }

  private static DomContent fields(Links links, Filled filled) {
    return each(
        form()
            .with(
                label("Address, instance or peering connection")
                    .with(
                        field("to", filled.to())
                            .attr("size", 28)
                            .attr("placeholder", "10.110.0.10 or i-0123456789abcdef0")),
                label("Port")
                    .with(field("port", filled.port()).attr("size", 6).attr("placeholder", "22")),
                label("Protocol")
                    .with(
                        select()
                            .withName("protocol")
                            .with(
                                each(
                                    PROTOCOLS,
                                    protocol ->
                                        option(protocol)
                                            .withValue(protocol)
                                            .withCondSelected(
                                                protocol.equals(filled.protocol())))))),
        Action.replacing(links.show(), Map.of("widget", "reach", "ask", true))
            .button("Ask the doctor", true),
        p().with(
                Page.muted(
                    "It walks the packet's way there and back, and tries it from the VPN instances:"
                        + " half a minute.")));
  }

  private static j2html.tags.specialized.InputTag field(String name, String value) {
    return input().withType("text").withName(name).withValue(value).attr("maxlength", 80);
  }

  private static DomContent hops(Page page, List<Diagnosis.Hop> hops) {
    return table()
        .with(
            thead()
                .with(
                    tr().with(
                            th("").withStyle("width:14%"),
                            th("Where").withStyle("width:26%"),
                            th("What is so, and what mends it"))),
            tbody().with(each(hops, hop -> row(page, hop))));
  }

  private static TrTag row(Page page, Diagnosis.Hop hop) {
    return tr().with(
            td().with(verdict(page, hop)),
            td().with(Page.words(hop.what())),
            td().with(Page.words(hop.evidence()))
                .with(told("Changed last by ", hop.changed()))
                .with(hop.mend() == null ? text("") : Page.command(hop.mend())));
  }

  private static DomContent told(String before, @Nullable String words) {
    return words == null ? text("") : p().with(Page.muted(before + words));
  }

  private static DomContent verdict(Page page, Diagnosis.Hop hop) {
    return switch (hop.verdict()) {
      case RIGHT -> page.colored(State.CONNECTED, "✓ right");
      case WRONG -> page.colored(State.ENDING, "× wrong");
      case UNKNOWN -> page.colored(State.UNKNOWN, "? unknown");
    };
  }
}
