package io.peerway.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.peerway.plan.Settings;
import io.peerway.testing.FakeOrganization;
import io.peerway.testing.FakeVpnInstances;
import io.peerway.testing.World;
import java.time.Clock;
import java.util.Map;

/** The steps of connect on fakes, by their logical ids in template.yaml. */
public final class Functions {

  private Functions() {}

  public static Map<String, RequestStreamHandler> of(
      Settings settings,
      World world,
      FakeOrganization organization,
      FakeVpnInstances vpn,
      Clock clock) {
    NatSender sender = new NatSender(settings, world.hub(), vpn, clock);
    return Map.of(
        "AdmitFunction",
        new AdmitHandler(settings, world.hub(), world.serviceAccounts(), organization),
        "AcceptFunction",
        new AcceptHandler(world.hub(), world.serviceAccounts()),
        "RejectFunction",
        new RejectHandler(settings, world.hub(), world.serviceAccounts()),
        "HubRoutesFunction",
        new HubRoutesHandler(world.hub()),
        "ServiceRoutesFunction",
        new ServiceRoutesHandler(world.serviceAccounts()),
        "SecurityGroupsFunction",
        new SecurityGroupsHandler(settings, world.hub(), world.serviceAccounts()),
        "ApplyNatFunction",
        new ApplyNatHandler(sender),
        "CheckNatFunction",
        new CheckNatHandler(sender),
        "VerifyFunction",
        new VerifyHandler(settings, world.hub(), world.serviceAccounts()));
  }
}
