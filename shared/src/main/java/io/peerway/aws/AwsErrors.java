package io.peerway.aws;

import io.peerway.model.Printable;
import io.peerway.model.error.Denied;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.error.RouteTableFull;
import io.peerway.model.error.Throttled;
import io.peerway.model.error.Unavailable;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The one place where AWS error codes become our own names (EC2 API reference, "Error codes"; each
 * service's "Common errors").
 */
final class AwsErrors {
  private static final Set<String> DENIED =
      Set.of(
          "UnauthorizedOperation",
          "AccessDenied",
          "AccessDeniedException",
          "AuthFailure",
          "UnauthorizedException");

  private AwsErrors() {}

  /**
   * Runs one call.
   *
   * @param what the call in words, with the ids it is about: it begins the message that a person
   *     reads
   * @throws PeerwayException instead of the SDK's own exceptions
   */
  static <T> T call(String what, Supplier<T> request) {
    try {
      return request.get();
    } catch (AwsServiceException e) {
      throw named(what, e);
    } catch (SdkException e) {
      // No answer at all: a broken connection, a time-out, or credentials that could not be had in
      // time.
      throw new Unavailable(
          what + ": no answer from AWS: " + Printable.oneLine(String.valueOf(e.getMessage())), e);
    }
  }

  /** The error code of AWS, such as {@code RouteAlreadyExists}; empty where the answer had none. */
  static String code(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  private static PeerwayException named(String what, AwsServiceException e) {
    String code = code(e);
    String said = e.awsErrorDetails() == null ? e.getMessage() : e.awsErrorDetails().errorMessage();
    String message = what + ": " + code + ": " + Printable.oneLine(String.valueOf(said));
    if (e.isThrottlingException()) {
      return new Throttled(message, e);
    }
    if (DENIED.contains(code)) {
      return new Denied(message, e);
    }
    if (code.equals("RouteLimitExceeded")) {
      return new RouteTableFull(
          message + ". Make room in it (or raise the quota of routes per table), then redrive.", e);
    }
    // What was read or made a moment ago may be unknown to the next call (EC2 API reference,
    // "Eventual consistency").
    if (code.startsWith("Invalid") && code.toLowerCase(Locale.ROOT).endsWith(".notfound")) {
      return new NotYetVisible(message, e);
    }
    if (e.statusCode() >= 500) {
      return new Unavailable(message, e);
    }
    return new RefusedByAws(message, e);
  }
}
