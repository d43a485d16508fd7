package io.peerway.plan.findings;

import io.peerway.model.value.AccountId;
import java.util.ArrayList;
import java.util.List;

/**
 * What was found, and the accounts that have to be checked again because AWS has refused something
 * there. What is found of them then takes the place that it would have had at once: people read the
 * same letter.
 *
 * @param found before the first of {@code refused}, between each two of them, and after the last
 * @param refused in groups, as they were checked
 */
public record Checked(List<Inspection> found, List<List<AccountId>> refused) {
  public Checked {
    found = List.copyOf(found);
    refused = List.copyOf(refused);
  }

  /**
   * Puts it together.
   *
   * @param found what was found before: the first before the first of {@code accounts}, the second
   *     after it, and so on
   * @param accounts what was found in each group of accounts
   */
  public static Checked of(List<Inspection> found, List<Inspection> accounts) {
    List<Inspection> parts = new ArrayList<>();
    List<List<AccountId>> refused = new ArrayList<>();
    Inspection part = Inspection.NOTHING;
    for (int n = 0; n < Math.max(found.size(), accounts.size()); n++) {
      part = n < found.size() ? part.and(found.get(n)) : part;
      if (n < accounts.size()) {
        part = part.and(accounts.get(n).withoutRefused());
        if (!accounts.get(n).refused().isEmpty()) {
          refused.add(accounts.get(n).refused());
          parts.add(part);
          part = Inspection.NOTHING;
        }
      }
    }
    parts.add(part);
    return new Checked(parts, refused);
  }

  /** All of it. */
  public Inspection all() {
    return found.stream().reduce(Inspection.NOTHING, Inspection::and);
  }
}
