package io.peerway.testing;

import io.peerway.model.Membership;
import io.peerway.model.error.Denied;
import io.peerway.model.port.Organization;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Subject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An organisation whose members are told one by one; everybody else is a stranger. */
public final class FakeOrganization implements Organization {

  private final Map<AccountId, Membership> members = new HashMap<>();
  private final Set<AccountId> secret = new HashSet<>();
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

  /** It may not be asked about this account. */
  public void fail(AccountId account) {
    secret.add(account);
  }

  @Override
  public Membership membership(AccountId account, boolean withParents, Subject onBehalfOf) {
    transcript.read("organisation", "account " + account + (withParents ? " and its parents" : ""));
    if (secret.contains(account)) {
      throw new Denied("look account " + account + " up", new IllegalStateException("denied"));
    }
    return members.getOrDefault(account, new Membership.Stranger());
  }

  @Override
  public List<String> units(AccountId account, Subject onBehalfOf) {
    transcript.read("organisation", "units of account " + account);
    if (secret.contains(account)) {
      throw new Denied("look up the units of " + account, new IllegalStateException("denied"));
    }
    return members.get(account) instanceof Membership.Member member ? member.parents() : List.of();
  }

  @Override
  public Complete<AccountId> activeAccounts(Subject onBehalfOf) {
    transcript.read("organisation", "accounts");
    return new Complete<>(
        members.keySet().stream()
            .filter(
                account ->
                    members.get(account) instanceof Membership.Member member && member.active())
            .sorted()
            .toList());
  }
}
