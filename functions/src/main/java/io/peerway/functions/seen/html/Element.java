package io.peerway.functions.seen.html;

import j2html.tags.ContainerTag;
import j2html.tags.DomContent;

/** An element that the library has no name for: SVG's, and CloudWatch's own. */
final class Element extends ContainerTag<Element> {
  Element(String name) {
    super(name);
  }

  static Element rect(double x, double y, double width, double height) {
    return new Element("rect").at(x, y).attr("width", width).attr("height", height);
  }

  static Element line(double x1, double y1, double x2, double y2) {
    return new Element("line").attr("x1", x1).attr("y1", y1).attr("x2", x2).attr("y2", y2);
  }

  /** A part of the picture from which nothing sticks out: SVG cuts off what is outside of it. */
  static Element window(double x, double y, double width, double height, DomContent... inside) {
    return new Element("svg")
        .at(x, y)
        .attr("width", width)
        .attr("height", height)
        .attr("overflow", "hidden")
        .with(inside);
  }

  /** A line of text, isolated: one that runs from right to left does not turn what is beside it. */
  static Element text(double x, double y, String fill, String words) {
    return new Element("text")
        .at(x, y)
        .attr("fill", fill)
        .withStyle("unicode-bidi:isolate")
        .withText(words);
  }

  private Element at(double x, double y) {
    return attr("x", x).attr("y", y);
  }
}
