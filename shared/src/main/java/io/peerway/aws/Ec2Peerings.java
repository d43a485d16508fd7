package io.peerway.aws;

import io.peerway.model.error.NotYetVisible;
import io.peerway.model.network.Peering;
import io.peerway.model.network.VpcSide;
import io.peerway.model.value.Complete;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.VpcId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;

/** Peering connections: lists and reads them, asks for, decides and deletes one. */
final class Ec2Peerings {
  static final Set<String> UNKNOWN =
      Set.of("InvalidVpcPeeringConnectionID.NotFound", "InvalidVpcPeeringConnectionId.NotFound");

  // Of one filter ("List and filter using the CLI and API", Amazon EC2 User Guide).
  private static final int FILTER_VALUES = 200;

  // Somebody else has decided meanwhile.
  private static final Set<String> OTHER_STATE = Set.of("InvalidStateTransition", "IncorrectState");

  private final Ec2Calls ec2;

  Ec2Peerings(Ec2Calls ec2) {
    this.ec2 = ec2;
  }

  /** Every one that all filters let through. */
  Complete<Peering> list(Filter... filters) {
    return ec2.call(
        "list the peering connections",
        client ->
            new Complete<>(
                client
                    .describeVpcPeeringConnectionsPaginator(
                        r ->
                            r.filters(filters)
                                .maxResults(Ec2Calls.PAGE)
                                .overrideConfiguration(ec2.caller()))
                    .vpcPeeringConnections()
                    .stream()
                    .map(Ec2Records::peering)
                    .toList()));
  }

  Optional<Peering> read(PeeringId id) {
    return ec2.call(
        "read " + id,
        client ->
            unlessUnknown(
                () ->
                    client
                        .describeVpcPeeringConnections(
                            r ->
                                r.vpcPeeringConnectionIds(id.value())
                                    .overrideConfiguration(ec2.caller()))
                        .vpcPeeringConnections()
                        .stream()
                        .map(Ec2Records::peering)
                        .findFirst()));
  }

  Map<PeeringId, Peering> read(Set<PeeringId> ids) {
    Map<PeeringId, Peering> known = new HashMap<>();
    List<String> values = ids.stream().map(PeeringId::value).sorted().toList();
    for (int from = 0; from < values.size(); from += FILTER_VALUES) {
      List<String> some = values.subList(from, Math.min(values.size(), from + FILTER_VALUES));
      list(Ec2Calls.filter("vpc-peering-connection-id", some))
          .items()
          .forEach(peering -> known.put(peering.id(), peering));
    }
    return known;
  }

  private static Optional<Peering> unlessUnknown(Supplier<Optional<Peering>> request) {
    try {
      return request.get();
    } catch (AwsServiceException e) {
      if (UNKNOWN.contains(AwsErrors.code(e))) {
        return Optional.empty();
      }
      throw e;
    }
  }

  PeeringId request(VpcId own, VpcSide hub) {
    return ec2.call(
        "ask for a peering of " + own + " with " + hub.vpc(),
        client -> {
          try {
            return new PeeringId(requested(client, own, hub));
          } catch (AwsServiceException e) {
            // Between two VPCs EC2 allows one live peering connection (EC2 API reference, "Error
            // codes"): another run was quicker, and whoever reads again finds it.
            if (AwsErrors.code(e).equals("VpcPeeringConnectionAlreadyExists")) {
              throw new NotYetVisible(own + " has a peering with " + hub.vpc() + " already");
            }
            throw e;
          }
        });
  }

  private String requested(Ec2Client client, VpcId own, VpcSide hub) {
    return client
        .createVpcPeeringConnection(
            r ->
                r.vpcId(own.value())
                    .peerVpcId(hub.vpc().value())
                    .peerOwnerId(hub.account().value())
                    .peerRegion(hub.region().value())
                    .overrideConfiguration(ec2.caller()))
        .vpcPeeringConnection()
        .vpcPeeringConnectionId();
  }

  void accept(PeeringId id) {
    inPendingState(
        "accept " + id,
        id,
        client ->
            client.acceptVpcPeeringConnection(
                r -> r.vpcPeeringConnectionId(id.value()).overrideConfiguration(ec2.caller())));
  }

  void reject(PeeringId id) {
    inPendingState(
        "reject " + id,
        id,
        client -> {
          try {
            client.rejectVpcPeeringConnection(
                r -> r.vpcPeeringConnectionId(id.value()).overrideConfiguration(ec2.caller()));
          } catch (AwsServiceException e) {
            throw OTHER_STATE.contains(AwsErrors.code(e)) ? decided(id) : e;
          }
        });
  }

  void delete(PeeringId id) {
    ec2.callUnless(
        UNKNOWN,
        "delete " + id,
        client -> {
          try {
            client.deleteVpcPeeringConnection(
                r -> r.vpcPeeringConnectionId(id.value()).overrideConfiguration(ec2.caller()));
          } catch (AwsServiceException e) {
            throw OTHER_STATE.contains(AwsErrors.code(e)) ? decided(id) : e;
          }
        });
  }

  // A request that somebody else has decided meanwhile is in another state; the next read tells
  // which.
  private void inPendingState(String what, PeeringId id, Consumer<Ec2Client> request) {
    ec2.call(
        what,
        client -> {
          try {
            request.accept(client);
            return id;
          } catch (AwsServiceException e) {
            if (UNKNOWN.contains(AwsErrors.code(e))) {
              throw new NotYetVisible(id + " is not visible in account " + ec2.account() + " yet");
            }
            // Between two VPCs EC2 allows one connection: whoever reads again finds the other.
            if (AwsErrors.code(e).equals("VpcPeeringConnectionAlreadyExists")) {
              throw new NotYetVisible(
                  id + " joins VPCs that another peering connection joins already");
            }
            if (OTHER_STATE.contains(AwsErrors.code(e))) {
              return id;
            }
            throw e;
          }
        });
  }

  // It may have been accepted in between, and then it is as live as before.
  private NotYetVisible decided(PeeringId id) {
    return new NotYetVisible(
        id + " is in another state than account " + ec2.account() + " has just shown");
  }
}
