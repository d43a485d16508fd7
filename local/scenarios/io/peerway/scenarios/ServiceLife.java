package io.peerway.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** What the people of one service do to its VPC, drawn at random, and what that asks for. */
final class ServiceLife {
  private enum Fact {
    TAG_ON,
    TAG_OFF,
    DELETE_PEERING
  }

  private final Rig rig;
  private final Service service;
  private final Random random;
  private final List<Fact> facts = new ArrayList<>();
  private boolean wanted;

  ServiceLife(Rig rig, Service service, Random random) {
    this.rig = rig;
    this.service = service;
    this.random = random;
  }

  /**
   * Some facts, one right after the other. The last is about the tag: a peering connection that is
   * deleted while its VPC keeps the tag may come again or not, until the VPC is looked at.
   */
  void goesOn() {
    int count = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      happens(Fact.values()[random.nextInt(Fact.values().length)]);
    }
    happens(random.nextInt(3) > 0 ? Fact.TAG_ON : Fact.TAG_OFF);
  }

  private void happens(Fact fact) {
    facts.add(fact);
    switch (fact) {
      case TAG_ON -> {
        rig.people().tag(service);
        wanted = true;
      }
      case TAG_OFF -> {
        rig.people().untag(service);
        wanted = false;
      }
      case DELETE_PEERING -> rig.sight().peeringsOf(service).forEach(this::delete);
    }
  }

  private void delete(String peering) {
    try {
      rig.ec2(service).deleteVpcPeeringConnection(r -> r.vpcPeeringConnectionId(peering));
    } catch (Ec2Exception e) {
      // It has ended meanwhile: what earlier facts have started goes on all the time.
      if (!rig.sight().peeringStatus(peering).equals("deleted")) {
        throw e;
      }
    }
  }

  Service service() {
    return service;
  }

  boolean wanted() {
    return wanted;
  }

  @Override
  public String toString() {
    return service.name() + " " + facts;
  }
}
