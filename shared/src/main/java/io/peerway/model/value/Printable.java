package io.peerway.model.value;

import java.util.regex.Pattern;

/** Values from other accounts, made fit for a log line or a message. */
public final class Printable {
  private static final int LONGEST = 80;

  // Control characters of ASCII and Unicode, invisible formatting (text direction), line and
  // paragraph separators: each could make one log line look like two, or like another.
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

  private Printable() {}

  /**
   * {@code value} with control characters replaced (a tag may hold a line break) and at most 80
   * characters long.
   */
  public static String shortened(String value) {
    return shortened(value, LONGEST);
  }

  /**
   * The same with another length. It is cut first: what is left of a character that was cut in two
   * is replaced as well.
   */
  public static String shortened(String value, int longest) {
    return value.length() <= longest ? oneLine(value) : oneLine(value.substring(0, longest)) + "…";
  }

  /** {@code value} with control characters replaced, however long it is. */
  public static String oneLine(String value) {
    return UNPRINTABLE.matcher(value).replaceAll("?");
  }
}
