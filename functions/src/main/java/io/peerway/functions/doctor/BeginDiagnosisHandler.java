package io.peerway.functions.doctor;

import static io.peerway.aws.AwsPorts.Need.HUB;
import static io.peerway.aws.AwsPorts.Need.HUB_EVENTS;
import static io.peerway.aws.AwsPorts.Need.SERVICES;
import static io.peerway.aws.AwsPorts.Need.SETTINGS;
import static io.peerway.aws.AwsPorts.Need.VPN_INSTANCES;

import io.peerway.functions.EventRecords;
import io.peerway.functions.OnLambda;
import io.peerway.functions.Step;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.EventHistory;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.Subject;
import io.peerway.plan.Aws;
import io.peerway.plan.doctor.Begin;
import io.peerway.plan.doctor.Begun;
import io.peerway.plan.report.Doers;
import org.jspecify.annotations.Nullable;

/** Lets {@link Begin} find the connection that a person asks about. */
public final class BeginDiagnosisHandler extends Step<BeginDiagnosisHandler.Request, Begun> {

  /**
   * A question.
   *
   * @param question as a person writes it, whatever that is: see {@link
   *     io.peerway.plan.doctor.Question#of}
   */
  record Request(@Nullable Object question, @Nullable String execution) implements Step.Input {
    @Override
    public Subject subject() {
      return new AllConnections();
    }
  }

  public BeginDiagnosisHandler() {
    this(OnLambda.aws(SETTINGS, HUB, HUB_EVENTS, SERVICES, VPN_INSTANCES));
  }

  public BeginDiagnosisHandler(Aws aws) {
    super(Request.class, aws);
  }

  @Override
  protected Begun run(Request request) {
    return new Begin(aws, new Doers(new EventRecords(this::history, aws.log())))
        .now(request.question());
  }

  // What is wrong at the hub was changed there.
  private EventHistory history(VpcSide side) {
    AllConnections all = new AllConnections();
    return side.vpc().equals(aws.settings().hubVpc())
        ? aws.hubEvents().apply(all)
        : aws.services().session(side.account(), all).events(side.region());
  }
}
