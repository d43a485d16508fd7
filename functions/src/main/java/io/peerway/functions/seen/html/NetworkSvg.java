package io.peerway.functions.seen.html;

import io.peerway.model.value.Cidr;
import io.peerway.plan.seen.Picture;
import io.peerway.plan.seen.Service;
import io.peerway.plan.seen.State;
import io.peerway.plan.seen.Vpn;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The network drawn: company, VPN instances, hub VPC, and every service VPC. */
final class NetworkSvg {
  private static final double FONT = 11;
  // Of a monospaced font at that size; common ones take 0.6 of it.
  private static final double COLUMN = FONT * 0.61;
  private static final int LINE = 15;
  private static final int GAP = 24;
  private static final int SIDE_BY_SIDE = 560;
  private static final int VPN_LISTED = 4;

  private final Theme theme;
  private final int width;
  private final Picture picture;
  private final List<DomContent> drawn = new ArrayList<>();

  NetworkSvg(Theme theme, int width, Picture picture) {
    this.theme = theme;
    this.width = width;
    this.picture = picture;
  }

  /** One box of the upper row. */
  private record Box(String title, List<Line> lines) {
    int height() {
      return (lines.size() + 1) * LINE + 10;
    }
  }

  private record Line(String words, String color) {}

  /** How high the upper row is. */
  int top() {
    List<Box> boxes = boxes();
    int highest = boxes.stream().mapToInt(Box::height).max().orElse(0);
    return isBroad() ? highest + GAP : boxes.stream().mapToInt(box -> box.height() + GAP).sum();
  }

  /** The drawing, with the services where {@code grid} has them. */
  DomContent of(Grid grid) {
    upper(boxes());
    lines(grid);
    for (int n = 0; n < picture.services().size(); n++) {
      service(picture.services().get(n), grid, n);
    }
    return new Element("svg")
        .attr("xmlns", "http://www.w3.org/2000/svg")
        .attr("width", width)
        .attr("height", grid.bottom())
        .attr("viewBox", "0 0 " + width + " " + grid.bottom())
        .attr("role", "img")
        .attr("aria-label", summary(picture))
        .attr("font-size", FONT)
        .attr("font-family", "ui-monospace, monospace")
        .with(Element.rect(0, 0, width, grid.bottom()).attr("fill", theme.background))
        .with(drawn);
  }

  /** What it shows, in a sentence. */
  static String summary(Picture picture) {
    int all = picture.services().size();
    return all
        + (all == 1 ? " service VPC" : " service VPCs")
        + picture.counts().entrySet().stream()
            .map(count -> count.getValue() + " " + count.getKey().word())
            .collect(Collectors.joining(", ", all == 0 ? "" : ": ", ""));
  }

  private boolean isBroad() {
    return width >= SIDE_BY_SIDE;
  }

  private List<Box> boxes() {
    List<Line> company = new ArrayList<>();
    company.add(plain("clients " + text(picture.settings().clientPool())));
    picture.settings().companyNetworks().forEach(cidr -> company.add(plain(cidr.value())));
    List<Line> hub = new ArrayList<>();
    hub.add(plain(picture.settings().hubVpc().value()));
    picture.hub().forEach(cidr -> hub.add(plain(cidr.value())));
    return List.of(
        new Box("Company", company),
        new Box("VPN instances", vpn()),
        new Box("Hub VPC, " + picture.settings().region(), hub));
  }

  private List<Line> vpn() {
    List<Line> lines = new ArrayList<>();
    for (Vpn vpn : picture.vpn().stream().limit(VPN_LISTED).toList()) {
      String used = vpn.count().flatMap(count -> count.used()).map(" %.0f%%"::formatted).orElse("");
      lines.add(new Line(said(vpn.state()) + " " + vpn.id() + used, theme.of(vpn.state())));
    }
    int more = picture.vpn().size() - VPN_LISTED;
    if (more > 0) {
      lines.add(plain("and " + more + " more"));
    }
    if (!picture.vpnNote().isEmpty()) {
      lines.add(new Line("? " + picture.vpnNote(), theme.of(State.UNKNOWN)));
    } else if (lines.isEmpty()) {
      lines.add(new Line("? none is known yet", theme.of(State.UNKNOWN)));
    }
    return lines;
  }

  // On a VPN instance nothing is connected: it has its set.
  private static String said(State state) {
    return state == State.CONNECTED ? "✓ set" : Theme.sign(state) + " " + state.word();
  }

  private Line plain(String words) {
    return new Line(words, theme.text);
  }

  private static String text(List<Cidr> cidrs) {
    return cidrs.stream().map(Cidr::value).collect(Collectors.joining(" "));
  }

  private void upper(List<Box> boxes) {
    int boxWidth = isBroad() ? (width - 2 * GAP - 2) / boxes.size() : width - 2;
    int x = 1;
    int y = 1;
    for (int n = 0; n < boxes.size(); n++) {
      Box box = boxes.get(n);
      box(box, x, y, boxWidth);
      boolean isLast = n == boxes.size() - 1;
      if (isBroad()) {
        if (!isLast) {
          line(x + boxWidth, y + 20, x + boxWidth + GAP, y + 20);
        }
        x += boxWidth + GAP;
      } else {
        if (!isLast) {
          line(8, y + box.height(), 8, y + box.height() + GAP);
        }
        y += box.height() + GAP;
      }
    }
  }

  private void box(Box box, int x, int y, int boxWidth) {
    List<DomContent> inside = new ArrayList<>();
    inside.add(
        Element.rect(0.5, 0.5, boxWidth - 1.0, box.height() - 1.0)
            .attr("rx", 4)
            .attr("fill", theme.surface)
            .attr("stroke", theme.line));
    int columns = columns(boxWidth);
    inside.add(
        Element.text(8, LINE + 2.0, theme.text, Fit.into(columns, box.title()))
            .attr("font-weight", "bold"));
    for (int n = 0; n < box.lines().size(); n++) {
      Line line = box.lines().get(n);
      inside.add(
          Element.text(8, (n + 2.0) * LINE + 2, line.color(), Fit.into(columns, line.words())));
    }
    drawn.add(Element.window(x, y, boxWidth, box.height(), inside.toArray(DomContent[]::new)));
  }

  private static int columns(int boxWidth) {
    return (int) ((boxWidth - 16) / COLUMN);
  }

  // From the hub VPC down, across, and down each column.
  private void lines(Grid grid) {
    if (picture.services().isEmpty()) {
      return;
    }
    int hubX = isBroad() ? width - 40 : 8;
    int hubBottom = isBroad() ? boxes().getLast().height() + 1 : grid.top() - GAP;
    int across = grid.top();
    line(hubX, hubBottom, hubX, across);
    int last = Math.min(grid.columns(), picture.services().size()) - 1;
    line(grid.bus(0), across, Math.max(hubX, grid.bus(last)), across);
    for (int column = 0; column <= last; column++) {
      int lowest =
          picture.services().size() - 1 - (picture.services().size() - 1 - column) % grid.columns();
      line(grid.bus(column), across, grid.bus(column), grid.y(lowest) + Grid.CELL_HEIGHT / 2);
    }
  }

  private void line(int x1, int y1, int x2, int y2) {
    drawn.add(Element.line(x1, y1, x2, y2).attr("stroke", theme.line).attr("stroke-width", 2));
  }

  private void service(Service service, Grid grid, int n) {
    String color = theme.of(service.state());
    int middle = grid.y(n) + Grid.CELL_HEIGHT / 2;
    Element stub =
        Element.line(grid.bus(n), middle, grid.x(n), middle)
            .attr("stroke", color)
            .attr("stroke-width", 2);
    if (service.state() != State.CONNECTED) {
      stub.attr("stroke-dasharray", "3 2");
    }
    drawn.add(stub);
    int columns = columns(grid.cellWidth());
    List<String> cidrs = service.cidrs().stream().map(Cidr::value).toList();
    drawn.add(
        Element.window(
            grid.x(n),
            grid.y(n),
            grid.cellWidth(),
            Grid.CELL_HEIGHT,
            Element.rect(1, 1, grid.cellWidth() - 2.0, Grid.CELL_HEIGHT - 2.0)
                .attr("rx", 4)
                .attr("fill", theme.surface)
                .attr("stroke", color)
                .attr("stroke-width", 2),
            Element.text(
                    8,
                    15,
                    color,
                    Fit.into(columns, Theme.sign(service.state()) + " " + service.state().word()))
                .attr("font-weight", "bold"),
            Element.text(8, 29, theme.text, Fit.into(columns, service.name())),
            Element.text(
                8,
                43,
                theme.text,
                Fit.into(columns, service.side().account() + " " + service.side().region())),
            Element.text(8, 57, theme.text, Fit.into(columns, shortened(cidrs)))));
  }

  private static String shortened(List<String> cidrs) {
    return switch (cidrs.size()) {
      case 0 -> "no CIDR is known";
      case 1 -> cidrs.getFirst();
      default -> cidrs.getFirst() + " +" + (cidrs.size() - 1);
    };
  }
}
