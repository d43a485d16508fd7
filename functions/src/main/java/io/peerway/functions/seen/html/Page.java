package io.peerway.functions.seen.html;

import static j2html.TagCreator.a;
import static j2html.TagCreator.bdi;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.span;
import static j2html.TagCreator.style;
import static j2html.TagCreator.ul;

import io.peerway.plan.seen.State;
import j2html.tags.DomContent;
import j2html.tags.specialized.BdiTag;
import java.util.List;

/**
 * A whole answer, and what all of them have in common.
 *
 * @param theme the dashboard's
 * @param width how many pixels the widget has
 */
public record Page(Theme theme, int width) {

  private static final String UNSEEN =
      "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)";

  /** The answer. */
  public String of(DomContent... content) {
    return div()
        .withClasses("pw", "cwdb-no-default-styles", theme.cssClass())
        // Made of our own colours alone.
        .with(style().with(rawHtml(theme.css())))
        .with(content)
        .render();
  }

  /** What could not be answered, and why. */
  public String error(String what, String why) {
    return of(
        div().withClass("pw-error").attr("role", "alert").with(h2(what), p().with(words(why))));
  }

  /** A state by its word, its sign and its colour. */
  DomContent state(State state) {
    return colored(state, Theme.sign(state) + " " + state.word());
  }

  /** Words in the colour of a state. */
  DomContent colored(State state, String words) {
    return span().withClass("pw-state").withStyle("color:" + theme.of(state)).withText(words);
  }

  /** What somebody else has written. */
  static BdiTag words(String theirs) {
    return bdi(theirs);
  }

  /** Words for whoever hears the page, where who sees it has a picture. */
  static DomContent unseen(String words) {
    return words(words).withStyle(UNSEEN);
  }

  static DomContent muted(String words) {
    return span().withClass("pw-muted").with(words(words));
  }

  static DomContent list(List<String> lines) {
    return ul().with(each(lines, line -> li().with(words(line))));
  }

  static DomContent command(String line) {
    return code(line);
  }

  /** A link to somewhere else; the dashboard stays open. */
  static DomContent link(String href, String words) {
    return a(words).withHref(href).withTarget("_blank").withRel("noopener");
  }
}
