package io.peerway.functions.reconcile;

import static io.peerway.aws.AwsPorts.Need.HUB;
import static io.peerway.aws.AwsPorts.Need.HUB_EVENTS;
import static io.peerway.aws.AwsPorts.Need.ORGANIZATION;
import static io.peerway.aws.AwsPorts.Need.SETTINGS;
import static io.peerway.aws.AwsPorts.Need.VPN_INSTANCES;

import io.peerway.functions.EventRecords;
import io.peerway.functions.OnLambda;
import io.peerway.functions.Step;
import io.peerway.model.value.AllConnections;
import io.peerway.model.value.Subject;
import io.peerway.plan.Aws;
import io.peerway.plan.findings.ReconcileOrder;
import io.peerway.plan.reconcile.ReadHub;
import io.peerway.plan.reconcile.ReconcileStart;
import io.peerway.plan.report.Doers;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets {@link ReadHub} read the hub account. */
public final class ReadHubHandler extends Step<ReadHubHandler.Request, ReconcileStart> {

  /** The execution's own input, as it was given. */
  record Request(Map<String, Object> input, @Nullable String execution) implements Step.Input {
    Request {
      Objects.requireNonNull(input, "input");
    }

    @Override
    public Subject subject() {
      return new AllConnections();
    }
  }

  public ReadHubHandler() {
    this(OnLambda.aws(SETTINGS, HUB, HUB_EVENTS, ORGANIZATION, VPN_INSTANCES));
  }

  public ReadHubHandler(Aws aws) {
    super(Request.class, aws);
  }

  @Override
  protected ReconcileStart run(Request request) {
    EventRecords records =
        new EventRecords(side -> aws.hubEvents().apply(request.subject()), aws.log());
    return new ReadHub(aws, ReconcileOrder.of(request.input()), new Doers(records)).start();
  }
}
