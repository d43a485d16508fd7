package io.peerway.model;

import io.peerway.model.error.InvalidSettings;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Printable;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function's environment. A variable that cannot be read is an {@link InvalidSettings} that names
 * it.
 */
public final class Environment {
  private final Map<String, String> variables;

  public Environment(Map<String, String> variables) {
    this.variables = variables;
  }

  /** The hub's Region, which Lambda sets. */
  public Region region() {
    return required("AWS_REGION", Region::new);
  }

  /** The VPC of the VPN instances. */
  public VpcId hubVpc() {
    return required("HUB_VPC_ID", VpcId::new);
  }

  /** The account that the functions run in. */
  public AccountId hubAccount() {
    return required("HUB_ACCOUNT_ID", AccountId::new);
  }

  /** The freeze calendar, by its name or ARN; empty where there is none. */
  public String freezeCalendar() {
    return optional("FREEZE_CALENDAR", Environment::calendar, "");
  }

  private static String calendar(String text) {
    if (!text.matches(
        "(arn:aws[a-z-]*:ssm:[a-z0-9-]+:[0-9]{12}:document/)?[A-Za-z0-9_.-]{3,128}")) {
      throw new IllegalArgumentException(
          "the name or the ARN of a change calendar expected, got: " + Printable.shortened(text));
    }
    return text;
  }

  /** The text of a variable that has to be set. */
  public String required(String name) {
    return required(name, Function.identity());
  }

  /**
   * A variable that has to be set.
   *
   * @param parse throws an {@link IllegalArgumentException} that says what was expected
   */
  public <T> T required(String name, Function<String, T> parse) {
    @Nullable String text = variables.get(name);
    if (text == null || text.isBlank()) {
      throw new InvalidSettings(name + " is not set");
    }
    return parsed(name, text, parse);
  }

  /** A variable that may be left out or empty. */
  public <T> T optional(String name, Function<String, T> parse, T otherwise) {
    @Nullable String text = variables.get(name);
    return text == null || text.isBlank() ? otherwise : parsed(name, text, parse);
  }

  private static <T> T parsed(String name, String text, Function<String, T> parse) {
    try {
      return parse.apply(text.trim());
    } catch (IllegalArgumentException e) {
      throw new InvalidSettings(name + ": " + e.getMessage());
    }
  }
}
