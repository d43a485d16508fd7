package io.peerway.model.value;

import java.util.regex.Pattern;

/** An AWS account, 12 digits. */
public record AccountId(String value) implements Subject, Comparable<AccountId> {
  private static final Pattern FORM = Pattern.compile("[0-9]{12}");

  public AccountId {
    Ids.check(FORM, "an AWS account id (12 digits)", value);
  }

  /** Whether this would be an account's id. */
  public static boolean isWellFormed(String value) {
    return FORM.matcher(value).matches();
  }

  @Override
  public int compareTo(AccountId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
