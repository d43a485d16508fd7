package io.peerway.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.peerway.plan.Settings;
import io.peerway.testing.FakeOrganization;
import io.peerway.testing.FakeVpnInstances;
import io.peerway.testing.World;
import java.time.Clock;
import java.util.Map;

/** The steps of all workflows on fakes, by their logical ids in template.yaml. */
public final class Functions {

  private Functions() {}

  public static Map<String, RequestStreamHandler> of(
      Settings settings,
      World world,
      FakeOrganization organization,
      FakeVpnInstances vpn,
      Clock clock) {
    NatSender sender = new NatSender(settings, world.hub(), vpn, clock);
    return Map.ofEntries(
        Map.entry(
            "AdmitFunction",
            new AdmitHandler(settings, world.hub(), world.serviceAccounts(), organization)),
        Map.entry("AcceptFunction", new AcceptHandler(world.hub(), world.serviceAccounts())),
        Map.entry(
            "RejectFunction", new RejectHandler(settings, world.hub(), world.serviceAccounts())),
        Map.entry("HubRoutesFunction", new HubRoutesHandler(world.hub())),
        Map.entry(
            "ServiceRoutesFunction",
            new ServiceRoutesHandler(world.hub(), world.serviceAccounts())),
        Map.entry(
            "SecurityGroupsFunction",
            new SecurityGroupsHandler(settings, world.hub(), world.serviceAccounts())),
        Map.entry("ApplyNatFunction", new ApplyNatHandler(sender)),
        Map.entry("CheckNatFunction", new CheckNatHandler(sender)),
        Map.entry(
            "WithdrawFunction",
            new WithdrawHandler(settings, world.hub(), world.serviceAccounts(), organization)),
        Map.entry(
            "RemoveSecurityGroupsFunction",
            new RemoveSecurityGroupsHandler(world.hub(), world.serviceAccounts())),
        Map.entry("DeletePeeringFunction", new DeletePeeringHandler(world.hub())),
        Map.entry(
            "SurveyAccountFunction",
            new SurveyAccountHandler(settings, world.hub(), world.serviceAccounts(), organization)),
        Map.entry(
            "RequestPeeringFunction",
            new RequestPeeringHandler(settings, world.hub(), world.serviceAccounts())),
        Map.entry(
            "VerifyFunction", new VerifyHandler(settings, world.hub(), world.serviceAccounts())));
  }
}
