package io.peerway.functions.seen.html;

import java.text.BreakIterator;
import java.util.Locale;

/** Text that fits into so many columns of a monospaced font. */
final class Fit {
  private Fit() {}

  /** The beginning of it, with an ellipsis where it is cut, and never within a character. */
  static String into(int columns, String words) {
    if (columns(words) <= columns) {
      return words;
    }
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(words);
    int end = 0;
    for (int next = characters.next();
        next != BreakIterator.DONE && columns(words.substring(0, next)) < columns;
        next = characters.next()) {
      end = next;
    }
    return words.substring(0, end) + "…";
  }

  // Of Latin, Greek, Cyrillic, Hebrew and Arabic a character takes one; of Chinese, Japanese and
  // Korean, and of emoji, two (Unicode Standard Annex 11).
  private static int columns(String words) {
    return words.codePoints().map(c -> c < 0x1100 ? 1 : 2).sum();
  }
}
