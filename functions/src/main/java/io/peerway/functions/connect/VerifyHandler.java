package io.peerway.functions.connect;

import static io.peerway.aws.AwsPorts.Need.HUB;
import static io.peerway.aws.AwsPorts.Need.SERVICES;
import static io.peerway.aws.AwsPorts.Need.SETTINGS;

import io.peerway.functions.Count;
import io.peerway.functions.OnLambda;
import io.peerway.functions.PeeringInput;
import io.peerway.functions.Step;
import io.peerway.model.Connection;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.Aws;
import io.peerway.plan.connect.AdmitAnswer;
import io.peerway.plan.connect.Verify;
import io.peerway.plan.connect.VerifyAnswer;
import io.peerway.plan.nat.VpnSight;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** Lets {@link Verify} read everything back. */
public final class VerifyHandler extends Step<VerifyHandler.Request, VerifyAnswer> {

  /**
   * As {@link Verify.Asked} says; what the execution does not know yet is left out.
   *
   * @param asked when it was asked for, milliseconds since 1970; 0 where EC2 does not say
   * @param input the execution's own
   */
  record Request(
      Connection connection,
      List<Cidr> vpnAddresses,
      List<String> vpnSubnets,
      List<String> vpnInstances,
      @Nullable VpnSight vpn,
      AdmitAnswer.@Nullable Outcome admitted,
      @Nullable String slips,
      @Nullable Long asked,
      @Nullable Started input,
      @Nullable String execution)
      implements PeeringInput {
    Request {
      Objects.requireNonNull(connection, "connection");
      Objects.requireNonNull(vpnAddresses, "vpnAddresses");
      Objects.requireNonNull(vpnSubnets, "vpnSubnets");
      Objects.requireNonNull(vpnInstances, "vpnInstances");
    }

    @Override
    public PeeringId peeringId() {
      return connection.peeringId();
    }

    Verify.Asked toVerify() {
      return new Verify.Asked(
          connection,
          vpnAddresses,
          vpnSubnets,
          vpnInstances,
          Objects.requireNonNullElse(vpn, VpnSight.CLEAR),
          admitted,
          Objects.requireNonNullElse(slips, ""),
          executionName());
    }
  }

  /**
   * What the execution was started with.
   *
   * @param repairs whether reconcile has started it, to mend what has drifted
   */
  record Started(@Nullable Boolean repairs) {}

  public VerifyHandler() {
    this(OnLambda.aws(SETTINGS, HUB, SERVICES));
  }

  public VerifyHandler(Aws aws) {
    super(Request.class, aws);
  }

  @Override
  protected VerifyAnswer run(Request request) {
    VerifyAnswer answer = new Verify(aws, request.toVerify()).answer();
    if (answer.outcome() == VerifyAnswer.Outcome.CONNECTED) {
      count(request);
    }
    return answer;
  }

  // Of a request that waited for a person, or for room, most of it is that.
  private void count(Request request) {
    if (request.admitted() == AdmitAnswer.Outcome.ADMITTED
        && request.asked() != null
        && request.asked() > 0) {
      Count.value(
          "SecondsToConnect",
          MetricUnit.SECONDS,
          Math.max(0, (aws.clock().millis() - request.asked()) / 1000.0));
    }
    if (request.input() != null && Boolean.TRUE.equals(request.input().repairs())) {
      Count.one("DriftRepaired");
    }
  }
}
