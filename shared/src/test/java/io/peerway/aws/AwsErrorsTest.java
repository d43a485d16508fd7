package io.peerway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.peerway.model.error.NotYetVisible;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.error.Unavailable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

class AwsErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "RequestLimitExceeded, 503, Throttled",
    "Throttling, 400, Throttled",
    "ThrottlingException, 400, Throttled",
    "TooManyRequestsException, 429, Throttled",
    "UnauthorizedOperation, 403, Denied",
    "AccessDenied, 403, Denied",
    "AccessDeniedException, 400, Denied",
    "AuthFailure, 401, Denied",
    "Blocked, 400, Denied",
    "InvalidClientTokenId, 403, Denied",
    "RegionDisabledException, 403, Denied",
    "UnrecognizedClientException, 400, Denied",
    "ConcurrentTagAccess, 400, Throttled",
    "OptInRequired, 401, NotYetOpen",
    "PendingVerification, 400, NotYetOpen",
    "RouteLimitExceeded, 400, RouteTableFull",
    "InvalidRouteTableID.NotFound, 400, NotYetVisible",
    "InvalidVpcPeeringConnectionId.NotFound, 400, NotYetVisible",
    "InvalidGroup.NotFound, 400, NotYetVisible",
    "InternalError, 500, Unavailable",
    "Unavailable, 503, Unavailable",
    "InvalidParameterValue, 400, RefusedByAws",
    "ACodeOfTomorrow, 400, RefusedByAws"
  })
  void every_code_has_a_name_of_ours(String code, int status, String name) {
    PeerwayException e = named(service(code, status, "in words"));
    assertThat(e.getClass().getSimpleName()).isEqualTo(name);
    assertThat(e).hasMessageContainingAll("read something", code, "in words");
    assertThat(e.getCause()).isInstanceOf(AwsServiceException.class);
  }

  @Test
  void an_error_without_a_code_is_judged_by_its_status() {
    assertThat(named(AwsServiceException.builder().message("<html>").statusCode(502).build()))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void no_answer_at_all_may_be_asked_for_again() {
    assertThat(named(SdkClientException.create("Connection reset")))
        .isInstanceOf(Unavailable.class)
        .hasMessageContainingAll("read something", "Connection reset");
    assertThat(named(ApiCallTimeoutException.create(30_000))).isInstanceOf(Unavailable.class);
  }

  @Test
  void what_aws_says_stays_on_one_line_and_whole() {
    String said = "not authorized\r\nto perform: \u001b[31m" + "arn:aws:iam::1:role/x ".repeat(20);
    PeerwayException e = named(service("AccessDenied", 403, said));
    assertThat(e.getMessage()).doesNotContainPattern("\\p{Cc}").hasSizeGreaterThan(400);
    assertThat(named(SdkClientException.create("a\nb")).getMessage()).endsWith("a?b");
  }

  @Test
  void our_own_errors_pass_as_they_are() {
    NotYetVisible own = new NotYetVisible("not yet");
    PeerwayException passed =
        catchThrowableOfType(
            PeerwayException.class,
            () ->
                AwsErrors.call(
                    "read something",
                    () -> {
                      throw own;
                    }));
    assertThat(passed).isSameAs(own);
  }

  private static PeerwayException named(RuntimeException thrown) {
    return catchThrowableOfType(
        PeerwayException.class,
        () ->
            AwsErrors.call(
                "read something",
                () -> {
                  throw thrown;
                }));
  }

  private static AwsServiceException service(String code, int status, String message) {
    return AwsServiceException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .build();
  }
}
