package io.peerway.plan.network;

import io.peerway.model.value.SecurityGroupId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The slips in the tags of one VPC's groups, and which of them people have heard of. What they have
 * heard is kept in a tag of the peering connection, so that each is told once, and again only after
 * it was mended and made anew.
 *
 * <p>The tag holds a key for each slip; behind {@code @} and the mark of the execution that has
 * told them last stand those that it told. To that execution they are news still: its step may run
 * again because its answer was lost.
 */
public final class Slips {
  // A tag holds 256 characters (EC2 user guide, "Tag restrictions"): a key has 8, as the mark. All
  // that are more than these are remembered, and told anew, together.
  private static final int REMEMBERED = 25;

  // The report has room for other accounts' lines as well.
  private static final int REPORTED = 10;

  private final List<Slip> sorted;

  private Slips(List<Slip> sorted) {
    this.sorted = sorted;
  }

  /** These, in whatever order they were found. */
  public static Slips of(List<Slip> found) {
    return new Slips(
        found.stream().sorted(Comparator.comparing(slip -> slip.group().value())).toList());
  }

  /**
   * What has to stand in the tag once this execution has told what is news; empty where there is no
   * slip.
   */
  public String remembered(String told, String execution) {
    Set<String> known = heard(told, execution);
    List<String> words = new ArrayList<>(keys().stream().filter(known::contains).toList());
    List<String> news = keys().stream().filter(key -> !known.contains(key)).toList();
    if (!news.isEmpty()) {
      words.add(mark(execution));
      words.addAll(news);
    }
    return String.join(" ", words);
  }

  /**
   * What people have not heard, a line for each group; empty where they have heard of all.
   *
   * @param told the value of the tag
   */
  public String news(String told, String execution) {
    Set<String> known = heard(told, execution);
    List<String> lines = new ArrayList<>();
    first().stream()
        .filter(slip -> !known.contains(slip.key()))
        .forEach(slip -> lines.add(slip.toString()));
    if (!rest().isEmpty() && !known.contains(keyOfRest())) {
      lines.add("and " + rest().size() + " groups from " + rest().getFirst().group() + " on");
    }
    return String.join("\n", lines);
  }

  /** Whether these are the slips that the tag remembers. */
  public boolean areThose(String told) {
    return Stream.of(told.split(" ", -1))
        .filter(word -> !word.isEmpty() && !word.startsWith("@"))
        .collect(Collectors.toSet())
        .equals(Set.copyOf(keys()));
  }

  private static Set<String> heard(String told, String execution) {
    return Stream.of(told.split(" ", -1))
        .takeWhile(word -> !word.equals(mark(execution)))
        .collect(Collectors.toSet());
  }

  private static String mark(String execution) {
    return "@%08x".formatted(execution.hashCode());
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>(first().stream().map(Slip::key).toList());
    if (!rest().isEmpty()) {
      keys.add(keyOfRest());
    }
    return keys;
  }

  /** A group and what is wrong with its tag, for a report. */
  public record Line(SecurityGroupId group, String what) {}

  /** As many as a report has room for. */
  public List<Line> reported() {
    List<Line> lines = new ArrayList<>();
    sorted.stream()
        .limit(REPORTED)
        .forEach(slip -> lines.add(new Line(slip.group(), slip.inWords())));
    if (sorted.size() > REPORTED) {
      lines.add(
          new Line(
              sorted.get(REPORTED).group(),
              "and " + (sorted.size() - REPORTED) + " groups from this one on"));
    }
    return List.copyOf(lines);
  }

  private List<Slip> first() {
    return sorted.subList(0, Math.min(REMEMBERED, sorted.size()));
  }

  private List<Slip> rest() {
    return sorted.subList(first().size(), sorted.size());
  }

  private String keyOfRest() {
    return "%08x".formatted(rest().stream().map(Slip::key).toList().hashCode());
  }
}
