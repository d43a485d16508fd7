package io.peerway.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.peerway.functions.account.RequestPeeringHandler;
import io.peerway.functions.account.SurveyAccountHandler;
import io.peerway.functions.connect.AcceptHandler;
import io.peerway.functions.connect.AdmitHandler;
import io.peerway.functions.connect.HubRoutesHandler;
import io.peerway.functions.connect.JoinServiceHandler;
import io.peerway.functions.connect.RejectHandler;
import io.peerway.functions.connect.VerifyHandler;
import io.peerway.functions.disconnect.DeletePeeringHandler;
import io.peerway.functions.disconnect.LeaveServiceHandler;
import io.peerway.functions.disconnect.WithdrawHandler;
import io.peerway.functions.doctor.BeginDiagnosisHandler;
import io.peerway.functions.doctor.ConcludeDiagnosisHandler;
import io.peerway.functions.nat.ApplyNatHandler;
import io.peerway.functions.nat.CheckNatHandler;
import io.peerway.functions.reconcile.CheckAccountHandler;
import io.peerway.functions.reconcile.CheckVpnHandler;
import io.peerway.functions.reconcile.ReadHubHandler;
import io.peerway.functions.reconcile.RemoveLeftoversHandler;
import io.peerway.functions.reconcile.ReportHandler;
import io.peerway.functions.trigger.AccountEventHandler;
import io.peerway.functions.trigger.Batches;
import io.peerway.functions.trigger.VpcEventHandler;
import io.peerway.model.port.EventQueue;
import io.peerway.model.port.VpnInstances;
import io.peerway.model.port.Workflows;
import io.peerway.plan.Aws;
import io.peerway.plan.Settings;
import io.peerway.testing.FakeAws;
import io.peerway.testing.FakeOrganization;
import io.peerway.testing.Samples;
import io.peerway.testing.World;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The steps of all workflows on fakes, by their logical ids in template.yaml. */
public final class Functions {

  private Functions() {}

  /**
   * Delivers an event to the function that a rule would give it to, or what was put back into its
   * queue.
   */
  public static void deliver(
      String json, World world, Workflows workflows, EventQueue queue, Clock clock) {
    Aws aws = FakeAws.with(world).workflows(workflows).queue(queue).clock(clock).aws();
    if (json.contains("aws.organizations")) {
      new AccountEventHandler(aws).handleRequest(Invoked.event(json), new TestContext());
      return;
    }
    var answer =
        new VpcEventHandler(Samples.HUB_ACCOUNT, Samples.HUB_VPC, Batches.TURNS, aws)
            .handleRequest(Batches.of(json.replace('\'', '"')), new TestContext());
    if (!answer.getBatchItemFailures().isEmpty()) {
      throw new AssertionError("not delivered: " + json);
    }
  }

  public static Map<String, RequestStreamHandler> of(
      Settings settings,
      World world,
      FakeOrganization organization,
      VpnInstances vpn,
      Clock clock) {
    Aws aws =
        FakeAws.with(world)
            .settings(settings)
            .organization(organization)
            .vpn(vpn)
            .past(atMost -> List.of())
            .clock(clock)
            .aws();
    // Connections are looked at by the time of the wall.
    Aws now = FakeAws.with(world).settings(settings).organization(organization).aws();
    return Map.ofEntries(
        Map.entry("AdmitFunction", new AdmitHandler(aws)),
        Map.entry("AcceptFunction", new AcceptHandler(aws)),
        Map.entry("RejectFunction", new RejectHandler(aws)),
        Map.entry("HubRoutesFunction", new HubRoutesHandler(aws)),
        Map.entry("JoinServiceFunction", new JoinServiceHandler(aws)),
        Map.entry("ApplyNatFunction", new ApplyNatHandler(aws)),
        Map.entry("CheckNatFunction", new CheckNatHandler(aws)),
        Map.entry("WithdrawFunction", new WithdrawHandler(aws)),
        Map.entry("LeaveServiceFunction", new LeaveServiceHandler(aws)),
        Map.entry("RemoveLeftoversFunction", new RemoveLeftoversHandler(aws)),
        Map.entry("DeletePeeringFunction", new DeletePeeringHandler(aws)),
        Map.entry("SurveyAccountFunction", new SurveyAccountHandler(now)),
        Map.entry("ReadHubFunction", new ReadHubHandler(aws)),
        Map.entry("CheckAccountFunction", new CheckAccountHandler(aws)),
        Map.entry("CheckVpnFunction", new CheckVpnHandler(aws)),
        Map.entry("ReportFunction", new ReportHandler(aws)),
        Map.entry("RequestPeeringFunction", new RequestPeeringHandler(aws)),
        Map.entry("BeginDiagnosisFunction", new BeginDiagnosisHandler(aws)),
        Map.entry("ConcludeDiagnosisFunction", new ConcludeDiagnosisHandler(aws, "arn:connect")),
        Map.entry("VerifyFunction", new VerifyHandler(aws)));
  }
}
