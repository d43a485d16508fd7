package io.peerway.functions.seen;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.network.Tags;
import io.peerway.testing.Samples;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class NetworkWidgetTest {
  private static final double FONT = 11;

  @Test
  void a_connection_is_shown_by_its_word_its_account_its_region_and_its_cidrs() {
    assertThat(Boards.connected().show("{'widget': 'network'}"))
        .contains("1 service VPC: 1 connected", "✓ connected", "payments")
        .contains("210987654321 eu-west-1", "10.110.0.0/16")
        .contains("Company", "VPN instances", "Hub VPC, eu-west-1", "✓ set i-0cccccccccccccccc 1%")
        .contains("/executions/details/arn:aws:states:eu-west-1:123456789012:execution:");
  }

  @Test
  void what_has_drifted_comes_first() {
    Boards boards = Boards.of(3, "b").ran("\"" + Samples.PEERING + ": add route a\"");
    String html = boards.show("{}");
    assertThat(html).contains("3 service VPCs: 1 drifted, 2 connected", "≠ drifted");
    assertThat(html.indexOf("≠ drifted</text>")).isLessThan(html.indexOf("✓ connected</text>"));
  }

  @Test
  void without_a_run_or_a_service_it_says_so() {
    Boards boards = new Boards();
    boards.world.remove(Samples.SERVICE_VPC);
    assertThat(boards.show("{}"))
        .contains("No run of reconcile has ended well yet", "? none is known yet")
        .contains("1 waiting");
  }

  @Test
  void a_run_of_long_ago_is_told() {
    Boards boards = Boards.connected();
    boards.now = Boards.NOW.plusSeconds(3 * 3600);
    assertThat(boards.show("{}")).contains("longer ago than it should be");
    assertThat(Boards.connected().show("{}")).doesNotContain("longer ago");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 240",
    "1, 800",
    "1, 1600",
    "40, 240",
    "40, 800",
    "40, 1600",
    "125, 240",
    "125, 800",
    "125, 1600",
    "125, 3000"
  })
  void nothing_is_drawn_outside_of_the_widget_or_over_anything_else(int services, int width)
      throws IOException, SAXException, ParserConfigurationException {
    String html =
        Boards.of(services, "an account with quite a long name, as people give them")
            .exactly(Boards.event("{'widget': 'network'}", "light", width));
    Element picture = svg(html);
    double right = number(picture, "width");
    double bottom = number(picture, "height");
    assertThat(right).isLessThanOrEqualTo(width);
    List<double[]> windows = new ArrayList<>();
    NodeList inner = picture.getElementsByTagName("svg");
    for (int n = 0; n < inner.getLength(); n++) {
      Element window = (Element) inner.item(n);
      double[] box = {
        number(window, "x"), number(window, "y"), number(window, "width"), number(window, "height")
      };
      assertThat(box[0]).isGreaterThanOrEqualTo(0);
      assertThat(box[0] + box[2]).isLessThanOrEqualTo(right);
      assertThat(box[1] + box[3]).isLessThanOrEqualTo(bottom);
      assertThat(windows).noneMatch(other -> overlap(box, other));
      windows.add(box);
      fits(window, box[2]);
    }
    assertThat(windows).hasSize(services + 3);
    List<double[]> hits = hits(html);
    assertThat(hits).hasSize(services);
    assertThat(windows).as("what can be pressed lies over what is seen").containsAll(hits);
  }

  // A window cuts off what is outside of it: nothing has to be cut off.
  private static void fits(Element window, double width) {
    NodeList texts = window.getElementsByTagName("text");
    for (int n = 0; n < texts.getLength(); n++) {
      String words = texts.item(n).getTextContent();
      assertThat(words.codePointCount(0, words.length()) * FONT * 0.6 + 8)
          .as(words)
          .isLessThanOrEqualTo(width);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</text></svg></cwdb-action><cwdb-action action=\"call\" endpoint=\"arn:evil\">{}",
        "]]><!--",
        "{{7*7}} ${7*7} %s %n",
        "\u202egnp.exe",
        "עברית عربى",
        "会計部門会計部門会計部門会計部門会計部門会計部門",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void a_hostile_name_is_text(String name)
      throws IOException, SAXException, ParserConfigurationException {
    Boards boards = Boards.connected();
    boards.world.put(boards.world.peering(Samples.PEERING).with(Tags.ACCOUNT, name));
    String plain = Boards.connected().show("{'widget': 'network'}");
    for (String event :
        new String[] {
          "{'widget': 'network'}",
          "{'widget': 'details', 'id': '" + Samples.PEERING + "'}",
          "{'widget': 'waiting'}"
        }) {
      String html = boards.show(event);
      assertThat(html)
          .doesNotContain("<script", "<img", "onerror=alert(1)>", "arn:evil\">", "\u202e");
      String usual = Boards.connected().show(event);
      assertThat(tags(html)).as(event).isEqualTo(tags(usual));
      assertThat(attributes(html)).as("no name stands in one").isEqualTo(attributes(usual));
    }
    assertThat(svg(boards.show("{}")).getElementsByTagName("text").getLength())
        .isEqualTo(svg(plain).getElementsByTagName("text").getLength());
  }

  @Test
  void dark_is_dark() {
    Boards boards = Boards.connected();
    assertThat(boards.exactly(Boards.event("{}", "dark", 800))).contains("pw-dark", "#161d26");
    assertThat(boards.exactly(Boards.event("{}", "light", 800)))
        .contains("pw-light")
        .doesNotContain("#161d26");
  }

  // How many elements of each name there are.
  private static List<String> tags(String html) {
    Matcher tag = Pattern.compile("<(/?[a-zA-Z-]+)").matcher(html);
    return tag.results().map(found -> found.group(1)).toList();
  }

  private static List<String> attributes(String html) {
    Matcher attribute = Pattern.compile(" [a-zA-Z-]+=\"[^\"]*\"").matcher(html);
    return attribute.results().map(MatchResult::group).toList();
  }

  private static Element svg(String html)
      throws IOException, SAXException, ParserConfigurationException {
    String xml = html.substring(html.indexOf("<svg"), html.lastIndexOf("</svg>") + 6);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)))
        .getDocumentElement();
  }

  private static List<double[]> hits(String html) {
    return Pattern.compile(
            "class=\"pw-hit\" style=\"left:(\\d+)px;top:(\\d+)px;width:(\\d+)px;height:(\\d+)px\"")
        .matcher(html)
        .results()
        .map(
            hit ->
                new double[] {
                  Double.parseDouble(hit.group(1)),
                  Double.parseDouble(hit.group(2)),
                  Double.parseDouble(hit.group(3)),
                  Double.parseDouble(hit.group(4))
                })
        .toList();
  }

  private static boolean overlap(double[] one, double[] other) {
    return one[0] < other[0] + other[2]
        && other[0] < one[0] + one[2]
        && one[1] < other[1] + other[3]
        && other[1] < one[1] + one[3];
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }
}
