package io.peerway.plan.nat;

import io.peerway.model.SentCommand.Answer;
import io.peerway.model.value.Printable;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a VPN instance did not do as it was told, in the document's own words. */
public final class InstanceFailure {
  // The document prints it like this, and no quotation mark in it.
  private static final Pattern REASON =
      Pattern.compile(
          "^\\{\"outcome\":\"failed\",\"reason\":\"([^\"]+)\"}\\s*$", Pattern.MULTILINE);

  // What the SSM agent adds behind all that a script has printed; and the line before its stderr.
  private static final Pattern OF_THE_AGENT =
      Pattern.compile("failed to run commands: exit status \\d+$|^-+ERROR-+$");

  private static final int LONGEST = 600;

  private InstanceFailure() {}

  public static String of(Answer answer) {
    Matcher said = REASON.matcher(answer.output());
    String reason = said.find() ? said.group(1) : lastLine(answer.output());
    return Printable.shortened(reason, LONGEST);
  }

  private static String lastLine(String output) {
    List<String> lines =
        output
            .lines()
            .map(line -> OF_THE_AGENT.matcher(line.strip()).replaceAll("").strip())
            .filter(line -> !line.isEmpty())
            .toList();
    if (!lines.isEmpty()) {
      return lines.getLast();
    }
    return output.isBlank() ? "no output" : output.strip().lines().toList().getLast();
  }
}
