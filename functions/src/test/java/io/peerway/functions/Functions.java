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
import io.peerway.functions.nat.ApplyNatHandler;
import io.peerway.functions.nat.CheckNatHandler;
import io.peerway.functions.nat.NatSender;
import io.peerway.functions.reconcile.CheckAccountHandler;
import io.peerway.functions.reconcile.CheckVpnHandler;
import io.peerway.functions.reconcile.ReadHubHandler;
import io.peerway.functions.reconcile.RemoveLeftoversHandler;
import io.peerway.functions.reconcile.ReportHandler;
import io.peerway.functions.trigger.AccountEventHandler;
import io.peerway.functions.trigger.Batches;
import io.peerway.functions.trigger.Errands;
import io.peerway.functions.trigger.PeeringEventHandler;
import io.peerway.model.port.EventQueue;
import io.peerway.model.port.VpnInstances;
import io.peerway.model.port.Workflows;
import io.peerway.plan.Settings;
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
    if (json.contains("aws.organizations")) {
      new AccountEventHandler(workflows).handleRequest(Invoked.event(json), new TestContext());
      return;
    }
    Errands errands = new Errands(Batches.TURNS, workflows, queue, clock);
    var answer =
        new PeeringEventHandler(Samples.HUB_ACCOUNT, Samples.HUB_VPC, world.hub(), queue, errands)
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
    NatSender sender = new NatSender(settings, world.hub(), vpn, clock);
    return Map.ofEntries(
        Map.entry(
            "AdmitFunction",
            new AdmitHandler(
                new Sources(settings, world.hub(), world.serviceAccounts(), organization), clock)),
        Map.entry(
            "AcceptFunction",
            new AcceptHandler(settings, world.hub(), world.serviceAccounts(), clock)),
        Map.entry("RejectFunction", new RejectHandler(settings, world.hub())),
        Map.entry("HubRoutesFunction", new HubRoutesHandler(world.hub())),
        Map.entry(
            "JoinServiceFunction",
            new JoinServiceHandler(settings, world.hub(), world.serviceAccounts())),
        Map.entry("ApplyNatFunction", new ApplyNatHandler(sender)),
        Map.entry("CheckNatFunction", new CheckNatHandler(sender)),
        Map.entry(
            "WithdrawFunction",
            new WithdrawHandler(
                new Sources(settings, world.hub(), world.serviceAccounts(), organization))),
        Map.entry(
            "LeaveServiceFunction", new LeaveServiceHandler(world.hub(), world.serviceAccounts())),
        Map.entry(
            "RemoveLeftoversFunction",
            new RemoveLeftoversHandler(settings, world.hub(), world.serviceAccounts())),
        Map.entry("DeletePeeringFunction", new DeletePeeringHandler(world.hub())),
        Map.entry(
            "SurveyAccountFunction",
            new SurveyAccountHandler(
                new Sources(settings, world.hub(), world.serviceAccounts(), organization))),
        Map.entry(
            "ReadHubFunction",
            new ReadHubHandler(settings, world.hub(), world.hubEvents(), organization, vpn, clock)),
        Map.entry(
            "CheckAccountFunction",
            new CheckAccountHandler(
                new Sources(settings, world.hub(), world.serviceAccounts(), organization),
                world.hubEvents())),
        Map.entry("CheckVpnFunction", new CheckVpnHandler(vpn, clock)),
        Map.entry("ReportFunction", new ReportHandler(settings, atMost -> List.of())),
        Map.entry(
            "RequestPeeringFunction",
            new RequestPeeringHandler(settings, world.hub(), world.serviceAccounts())),
        Map.entry(
            "VerifyFunction", new VerifyHandler(settings, world.hub(), world.serviceAccounts())));
  }
}
