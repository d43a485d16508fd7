package io.peerway.functions.doctor;

import static io.peerway.aws.AwsPorts.Need.HUB;
import static io.peerway.aws.AwsPorts.Need.HUB_EVENTS;
import static io.peerway.aws.AwsPorts.Need.SERVICES;
import static io.peerway.aws.AwsPorts.Need.SETTINGS;
import static io.peerway.aws.AwsPorts.Need.VPN_INSTANCES;

import io.peerway.functions.EventRecords;
import io.peerway.functions.OnLambda;
import io.peerway.functions.Step;
import io.peerway.functions.nat.InstanceOutput;
import io.peerway.model.Connection;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.EventHistory;
import io.peerway.model.port.ServiceAccounts;
import io.peerway.model.value.Port;
import io.peerway.model.value.Subject;
import io.peerway.plan.Aws;
import io.peerway.plan.doctor.Begun;
import io.peerway.plan.doctor.Conclude;
import io.peerway.plan.doctor.Mends;
import io.peerway.plan.doctor.Underway;
import io.peerway.plan.report.Doers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets {@link Conclude} say what is wrong with a way, once the VPN instances have answered. */
public final class ConcludeDiagnosisHandler extends Step<ConcludeDiagnosisHandler.Request, Begun> {
  private static final Conclude.Documents DOCUMENTS =
      new Conclude.Documents(
          InstanceOutput::reading, InstanceOutput::surroundings, InstanceOutput::tried);

  private final String connectArn;

  /**
   * A question that the VPN instances were sent.
   *
   * @param to what was asked for, as people read it
   */
  record Request(String to, Port port, Underway underway, @Nullable String execution)
      implements Step.Input {
    Request {
      Objects.requireNonNull(to, "to");
      Objects.requireNonNull(port, "port");
      Objects.requireNonNull(underway, "underway");
    }

    @Override
    public Subject subject() {
      return underway.connection().peeringId();
    }
  }

  public ConcludeDiagnosisHandler() {
    this(
        OnLambda.aws(SETTINGS, HUB, HUB_EVENTS, SERVICES, VPN_INSTANCES),
        OnLambda.environment().required("CONNECT_ARN"));
  }

  /**
   * One that names this workflow.
   *
   * @param connectArn mends what is Peerway's own
   */
  public ConcludeDiagnosisHandler(Aws aws, String connectArn) {
    super(Request.class, aws);
    this.connectArn = connectArn;
  }

  @Override
  protected Begun run(Request request) {
    Connection connection = request.underway().connection();
    // One session for the network and for who changed it.
    ServiceAccounts.Session session =
        aws.services().session(connection.service().account(), connection.peeringId());
    return new Conclude(
            aws,
            session.network(connection.service().region()),
            request.to(),
            request.port(),
            request.underway(),
            DOCUMENTS,
            new Mends(connectArn, aws.settings().region()),
            new Doers(new EventRecords(side -> history(side, session, connection), aws.log())))
        .now();
  }

  // What is wrong at the hub was changed there.
  private EventHistory history(
      VpcSide side, ServiceAccounts.Session session, Connection connection) {
    return side.vpc().equals(aws.settings().hubVpc())
        ? aws.hubEvents().apply(connection.peeringId())
        : session.events(side.region());
  }
}
