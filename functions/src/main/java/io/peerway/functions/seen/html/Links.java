package io.peerway.functions.seen.html;

import io.peerway.model.value.Region;
import java.util.List;

/**
 * Where the widgets lead.
 *
 * @param show the function that answers widgets
 * @param act the one that starts workflows
 * @param reconcile the ARN of the state machine
 * @param connect the same of another
 */
public record Links(String show, String act, String reconcile, String connect, Region region) {

  /** The console's page of an execution of {@code reconcile}. */
  String reconcile(String execution) {
    return execution(reconcile, execution);
  }

  /** The same of {@code connect}. */
  String connect(String execution) {
    return execution(connect, execution);
  }

  private String execution(String machine, String execution) {
    return "https://%s.%s/states/home?region=%s#/v2/executions/details/%s:%s"
        .formatted(
            region, domain(), region, machine.replace(":stateMachine:", ":execution:"), execution);
  }

  private String domain() {
    List<String> arn = List.of(reconcile.split(":", -1));
    return switch (arn.size() > 1 ? arn.get(1) : "aws") {
      case "aws-cn" -> "console.amazonaws.cn";
      case "aws-us-gov" -> "console.amazonaws-us-gov.com";
      default -> "console.aws.amazon.com";
    };
  }
}
