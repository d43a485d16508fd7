package io.peerway.testing;

import io.peerway.model.AccountId;
import io.peerway.model.Membership;
import io.peerway.model.Organization;
import io.peerway.model.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An organisation whose members are told one by one; everybody else is a stranger. */
public final class FakeOrganization implements Organization {

  private final Map<AccountId, Membership> members = new HashMap<>();
  private final Transcript transcript;

  public FakeOrganization(Transcript transcript) {
    this.transcript = transcript;
  }

  /** The sample organisation, with both services' accounts. */
  public static FakeOrganization sample(Transcript transcript) {
    FakeOrganization organization = new FakeOrganization(transcript);
    organization.put(Samples.SERVICE_ACCOUNT, member(true));
    organization.put(Samples.OTHER_ACCOUNT, member(true));
    return organization;
  }

  public static Membership.Member member(boolean active) {
    return new Membership.Member(Samples.ORGANIZATION, active, List.of());
  }

  public void put(AccountId account, Membership membership) {
    members.put(account, membership);
  }

  @Override
  public Membership membership(AccountId account, boolean withParents, Subject onBehalfOf) {
    transcript.read("organisation", "account " + account + (withParents ? " and its parents" : ""));
    return members.getOrDefault(account, new Membership.Stranger());
  }
}
