package io.peerway.plan.rules;

import io.peerway.model.network.Peering;
import io.peerway.model.network.Tags;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.VpcId;
import io.peerway.plan.Settings;
import java.util.List;
import java.util.Optional;

/**
 * A person's refusal counts for the service VPC and not only for one peering connection of it:
 * noted on the hub VPC, it outlives the peering connection, and a tagged VPC cannot ask itself in
 * again.
 */
public final class Decision implements AdmissionRule {
  private static final String APPROVE = "approve";

  @Override
  public Optional<Refusal> refusal(AdmissionFacts facts, Settings settings) {
    VpcId service = facts.connection().service().vpc();
    return isRefused(facts.peering()) || facts.hubVpc().hasRefused(service)
        ? refuse(reason(service))
        : Optional.empty();
  }

  /** Whether a person has refused this peering connection. */
  public static boolean isRefused(Peering peering) {
    return "refuse".equals(peering.tags().get(Tags.DECISION));
  }

  /** Whether a person has approved the request with the CIDRs that it has when it is let in. */
  public static boolean approves(Peering peering) {
    return APPROVE.equals(peering.tags().get(Tags.DECISION));
  }

  /** Whether a person has approved these CIDRs by name; what cannot be read approves nothing. */
  public static boolean approves(Peering peering, List<Cidr> cidrs) {
    String decision = peering.tags().getOrDefault(Tags.DECISION, "");
    if (!decision.startsWith(APPROVE + " ")) {
      return false;
    }
    try {
      return Cidr.list(decision.substring(APPROVE.length()).strip()).containsAll(cidrs);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * What people are told besides where a refusal holds for this one peering connection only.
   *
   * @param hub has no room for the note
   */
  public static String unnoted(VpcId service, VpcId hub) {
    return ". But that a person refused "
        + service
        + " could not be noted: "
        + hub
        + " has no room for another tag, and "
        + service
        + " may ask again. Take the notes of VPCs that are gone (tags "
        + Tags.REFUSED_PREFIX
        + "vpc-…) off "
        + hub
        + ", then refuse its next request";
  }

  public static String reason(VpcId service) {
    return "a person refused "
        + service
        + " (tag "
        + Tags.DECISION
        + "=refuse); to let it ask again, take the tag "
        + Tags.REFUSED_PREFIX
        + service
        + " off the hub VPC";
  }
}
