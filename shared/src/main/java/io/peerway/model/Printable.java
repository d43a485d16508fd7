package io.peerway.model;

/** Values from other accounts, made fit for a log line or a message. */
public final class Printable {
  private static final int LONGEST = 80;

  private Printable() {}

  /**
   * {@code value} with control characters replaced (a tag may hold a line break) and at most 80
   * characters long.
   */
  public static String shortened(String value) {
    String oneLine = value.replaceAll("\\p{Cntrl}", "?");
    return oneLine.length() <= LONGEST ? oneLine : oneLine.substring(0, LONGEST) + "…";
  }
}
