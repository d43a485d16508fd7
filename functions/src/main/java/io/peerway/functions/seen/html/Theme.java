package io.peerway.functions.seen.html;

import io.peerway.plan.seen.State;
import java.util.Locale;

/**
 * The colours of CloudWatch's two themes ({@code theme} of {@code widgetContext}; CloudWatch user
 * guide, "Details about custom widgets"). Every text has a contrast of 4.5 and every line one of 3
 * to what is behind it (WCAG 2.2, 1.4.3 and 1.4.11), which a test holds.
 */
public enum Theme {
  LIGHT("#ffffff", "#f2f3f3", "#16191f", "#545b64", "#687078", "#0550ae"),
  DARK("#161d26", "#232b37", "#e9ebed", "#b6bec9", "#8d99a8", "#79c0ff");

  final String background;
  final String surface;
  final String text;
  final String muted;
  final String line;
  final String link;

  Theme(String background, String surface, String text, String muted, String line, String link) {
    this.background = background;
    this.surface = surface;
    this.text = text;
    this.muted = muted;
    this.line = line;
    this.link = link;
  }

  /** Dark where the dashboard says so. */
  public static Theme of(String name) {
    return name.equalsIgnoreCase("dark") ? DARK : LIGHT;
  }

  String cssClass() {
    return "pw-" + name().toLowerCase(Locale.ROOT);
  }

  /** The colour of a state, beside its word. */
  String of(State state) {
    return switch (this) {
      case LIGHT ->
          switch (state) {
            case CONNECTED -> "#116329";
            case WAITING -> "#0550ae";
            case REFUSED -> "#6639ba";
            case DRIFTED -> "#8a3b00";
            case UNKNOWN -> "#4c555f";
            case ENDING -> "#a40e26";
          };
      case DARK ->
          switch (state) {
            case CONNECTED -> "#56d364";
            case WAITING -> "#79c0ff";
            case REFUSED -> "#d2a8ff";
            case DRIFTED -> "#ffa657";
            case UNKNOWN -> "#c3ccd6";
            case ENDING -> "#ff958d";
          };
    };
  }

  /** A sign for a state, for who does not see its colour. */
  static String sign(State state) {
    return switch (state) {
      case CONNECTED -> "✓";
      case WAITING -> "…";
      case REFUSED -> "×";
      case DRIFTED -> "≠";
      case UNKNOWN -> "?";
      case ENDING -> "↓";
    };
  }

  /** The style sheet. The dashboard's own is switched off: it has other colours behind ours. */
  String css() {
    return """
        .pw{background:%1$s;color:%3$s;font:13px/1.45 system-ui,sans-serif;padding:8px;overflow-wrap:anywhere}
        .pw *{box-sizing:border-box}
        .pw h2{font-size:15px;margin:12px 0 4px}
        .pw h2:first-of-type{margin-top:0}
        .pw p{margin:4px 0}
        .pw ul{margin:0;padding-left:18px}
        .pw a{color:%6$s}
        .pw .pw-muted{color:%4$s}
        .pw .pw-state{font-weight:600;white-space:nowrap}
        .pw table{border-collapse:collapse;width:100%%;table-layout:fixed}
        .pw th,.pw td{border:1px solid %5$s;padding:4px 6px;text-align:left;vertical-align:top}
        .pw th{background:%2$s;font-weight:600}
        .pw code{background:%2$s;display:block;padding:4px 6px;white-space:pre-wrap;font:12px/1.4 ui-monospace,monospace}
        .pw label{display:inline-block;margin:0 12px 8px 0}
        .pw input,.pw select{background:%1$s;color:%3$s;border:1px solid %5$s;border-radius:4px;font:inherit;padding:4px 6px;display:block;max-width:100%%}
        .pw .btn{background:%1$s;color:%6$s;border:1px solid %6$s;border-radius:4px;cursor:pointer;font:inherit;font-weight:600;margin:4px 8px 4px 0;padding:4px 12px}
        .pw .btn-primary{background:%6$s;color:%1$s}
        .pw :focus-visible{outline:3px solid %6$s;outline-offset:1px}
        .pw .pw-picture{position:relative;max-width:100%%;overflow:hidden}
        .pw .pw-picture svg{display:block}
        .pw .pw-hit{position:absolute;background:transparent;border:2px solid transparent;border-radius:6px;cursor:pointer;margin:0;padding:0}
        .pw .pw-hit:hover{border-color:%6$s}
        .pw .pw-error{border-left:4px solid %7$s;padding:4px 10px}
        """
        .formatted(background, surface, text, muted, line, link, of(State.ENDING));
  }
}
