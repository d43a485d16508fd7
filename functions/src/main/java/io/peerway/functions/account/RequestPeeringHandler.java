package io.peerway.functions.account;

import io.peerway.aws.AwsClients;
import io.peerway.functions.Step;
import io.peerway.model.Parties;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.network.Peering;
import io.peerway.model.network.Tags;
import io.peerway.model.network.Vpc;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.ServiceAccounts;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Region;
import io.peerway.model.value.Subject;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the peering request of a tagged VPC, from the service side, as its team would. */
public final class RequestPeeringHandler
    extends Step<RequestPeeringHandler.Request, RequestPeeringHandler.Answer> {
  private static final Logger LOG = LoggerFactory.getLogger(RequestPeeringHandler.class);

  record Request(AccountId accountId, Region region, VpcId vpcId, @Nullable String execution)
      implements Step.Input {
    Request {
      Objects.requireNonNull(accountId, "accountId");
      Objects.requireNonNull(region, "region");
      Objects.requireNonNull(vpcId, "vpcId");
    }

    @Override
    public Subject subject() {
      return accountId;
    }
  }

  record Answer(PeeringId peeringId) {}

  private final Settings settings;
  private final Function<Subject, HubNetwork> hub;
  private final ServiceAccounts services;

  public RequestPeeringHandler() {
    this(Settings.of(System.getenv()), new AwsClients(System.getenv()));
  }

  private RequestPeeringHandler(Settings settings, AwsClients aws) {
    this(settings, aws.hub(), aws.serviceAccounts());
  }

  public RequestPeeringHandler(
      Settings settings, Function<Subject, HubNetwork> hub, ServiceAccounts services) {
    super(Request.class);
    this.settings = settings;
    this.hub = hub;
    this.services = services;
  }

  @Override
  protected Answer run(Request request) {
    HubNetwork hubNetwork = hub.apply(request.accountId());
    Vpc hubVpc =
        hubNetwork
            .vpc(settings.hubVpc())
            .orElseThrow(
                () -> new NotYetVisible(settings.hubVpc() + " is not visible in the hub account"));
    VpcSide hubSide = new VpcSide(hubVpc.owner(), settings.region(), hubVpc.id(), hubVpc.cidrs());
    PeeringId peering =
        Parties.between(request.vpcId(), hubVpc.id(), hubNetwork.livePeerings())
            .map(Peering::id)
            .orElseGet(
                () ->
                    services
                        .network(request.accountId(), request.region(), request.accountId())
                        .ensureRequested(request.vpcId(), hubSide));
    // From now on the request is known as the tag's. Otherwise it would look as if people had sent
    // it, and a tag taken off before admission has looked would not end it.
    hubNetwork.ensureTagged(peering, Map.of(Tags.BY, Tags.BY_TAG));
    LOG.info("asked for {} from {}", peering, request.vpcId());
    return new Answer(peering);
  }
}
