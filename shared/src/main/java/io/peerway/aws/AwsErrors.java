package io.peerway.aws;

import io.peerway.model.error.Denied;
import io.peerway.model.error.NotYetOpen;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.error.RouteTableFull;
import io.peerway.model.error.Throttled;
import io.peerway.model.error.Unavailable;
import io.peerway.model.value.Printable;
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
  // "Blocked" is the account: its owner has to ask AWS Support. The owner may also switch AWS STS
  // off in a Region (STS API reference, "AssumeRole", RegionDisabledException), or a Region itself,
  // in which nobody then knows the credentials of a session: what we call Denied holds up nobody
  // else.
  private static final Set<String> DENIED =
      Set.of(
          "UnauthorizedOperation",
          "AccessDenied",
          "AccessDeniedException",
          "AuthFailure",
          "Blocked",
          "InvalidClientTokenId",
          "RegionDisabledException",
          "UnauthorizedException",
          "UnrecognizedClientException");

  // Of a new account (EC2 API reference, "Error codes"). Regions that are only not enabled answer
  // AuthFailure.
  private static final Set<String> NOT_YET_OPEN = Set.of("OptInRequired", "PendingVerification");

  // Another call tags the same resource: "Try again" (EC2 API reference, "Error codes").
  private static final String ALSO_TAGGED = "ConcurrentTagAccess";

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
    if (details != null && details.errorCode() != null) {
      return details.errorCode();
    }
    return e.statusCode() == 401 ? "AuthFailure" : "";
  }

  // HttpURLConnection hides the body of a 401 when the request was streamed. EC2 gives this status
  // for one code alone (EC2 API reference, "Error codes"), where it does not know the credentials:
  // those of a session in a Region that its account has not enabled.
  private static String said(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    if (e.statusCode() == 401 && (details == null || details.errorMessage() == null)) {
      return "AWS was not able to validate the credentials";
    }
    return String.valueOf(details == null ? e.getMessage() : details.errorMessage());
  }

  private static PeerwayException named(String what, AwsServiceException e) {
    String code = code(e);
    String message = what + ": " + code + ": " + Printable.oneLine(said(e));
    if (e.isThrottlingException() || code.equals(ALSO_TAGGED)) {
      return new Throttled(message, e);
    }
    if (DENIED.contains(code)) {
      return new Denied(message, e);
    }
    if (NOT_YET_OPEN.contains(code)) {
      return new NotYetOpen(message, e);
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
