package io.peerway.plan.notices;

import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.rules.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the tag on a service VPC says to its team of the connection. It is only ever written: what
 * stands in the tag is the word of whoever owns the VPC.
 *
 * @param text fit for a tag of every service (EC2 user guide, "Tag your Amazon EC2 resources", "Tag
 *     restrictions": 256 characters; EC2 itself takes others than these, not every service does)
 */
public record Status(String text) {
  private static final int LONGEST = 256;
  private static final String CUT = "...";
  private static final Pattern NOT_FOR_ALL = Pattern.compile("[^\\p{L}\\p{N}+=._:/@-]+");
  private static final Pattern DATED =
      Pattern.compile("([a-z]+ )([0-9]{4}-[0-9]{2}-[0-9]{2})( .*)");

  public Status {
    text = fit(text);
  }

  /** What a request waits for. */
  public enum WaitsFor {
    APPROVAL("approval"),
    ROOM("room"),
    FREEZE("the end of a freeze");

    private final String word;

    WaitsFor(String word) {
      this.word = word;
    }
  }

  /** All of it was read back, and works. */
  public static Status connected(Instant now, PeeringId peering, List<Cidr> cidrs) {
    return new Status("connected " + day(now) + " " + peering + " " + Cidr.text(cidrs));
  }

  /** All of it is in place, and something on a VPN instance lets no client through. */
  public static Status obstructed(Instant now, PeeringId peering) {
    return new Status(
        "obstructed " + day(now) + " " + peering + " on the VPN instance: no client gets through");
  }

  /** It was let in, and is not yet connected. */
  public static Status connecting(PeeringId peering) {
    return new Status("connecting " + peering);
  }

  /** Refused by a rule. */
  public static Status refused(Refusal refusal) {
    return refused(refusal.rule() + ": " + refusal.reason());
  }

  /** Refused for a reason in words. */
  public static Status refused(String reason) {
    return new Status("refused " + reason);
  }

  /** Neither refused nor let in. */
  public static Status waiting(WaitsFor what) {
    return new Status("waiting for " + what.word);
  }

  /** It is being taken away. */
  public static Status ending() {
    return new Status("ending");
  }

  /**
   * Whether a tag says this already. Its date may be an earlier one: it tells when that was written
   * for the first time.
   *
   * @param tag empty where there is none
   */
  public boolean isSaidBy(String tag) {
    if (tag.equals(text)) {
      return true;
    }
    Matcher ours = DATED.matcher(text);
    Matcher theirs = DATED.matcher(tag);
    return ours.matches()
        && theirs.matches()
        && ours.group(1).equals(theirs.group(1))
        && theirs.group(2).compareTo(ours.group(2)) <= 0
        && ours.group(3).equals(theirs.group(3));
  }

  private static LocalDate day(Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }

  // What is left of a character that was cut in two is no letter, and goes with the rest.
  private static String fit(String text) {
    String plain = NOT_FOR_ALL.matcher(text).replaceAll(" ").strip();
    if (plain.length() <= LONGEST) {
      return plain;
    }
    String kept = plain.substring(0, LONGEST - CUT.length());
    return NOT_FOR_ALL.matcher(kept).replaceAll(" ").strip() + CUT;
  }

  @Override
  public String toString() {
    return text;
  }
}
