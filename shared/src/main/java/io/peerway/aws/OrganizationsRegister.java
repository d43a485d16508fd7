package io.peerway.aws;

import io.peerway.model.Membership;
import io.peerway.model.port.Organization;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.AccessDeniedException;
import software.amazon.awssdk.services.organizations.model.Account;
import software.amazon.awssdk.services.organizations.model.AccountNotFoundException;
import software.amazon.awssdk.services.organizations.model.AccountState;
import software.amazon.awssdk.services.organizations.model.AccountStatus;
import software.amazon.awssdk.services.organizations.model.Parent;

/**
 * {@link Organization} on AWS Organizations. The hub account may read it by the organisation's
 * delegation policy.
 */
public final class OrganizationsRegister implements Organization {
  private final OrganizationsClient organizations;

  OrganizationsRegister(OrganizationsClient organizations) {
    this.organizations = organizations;
  }

  @Override
  public Membership membership(AccountId account, boolean withParents, Subject onBehalfOf) {
    return AwsErrors.call(
        onBehalfOf + ": look account " + account + " up in the organisation",
        () -> {
          try {
            Account seen = described(account, onBehalfOf);
            return new Membership.Member(
                organizationOf(seen.arn()),
                isActive(seen),
                withParents ? above(account, onBehalfOf) : List.of(),
                Objects.requireNonNullElse(seen.name(), ""));
          } catch (AccountNotFoundException e) {
            return new Membership.Stranger();
          } catch (AccessDeniedException e) {
            if (all(onBehalfOf).noneMatch(member -> member.id().equals(account.value()))) {
              return new Membership.Stranger();
            }
            throw e;
          }
        });
  }

  // Policies name the accounts that may be described by the organisation they belong to
  // (Organizations user guide, "Resource-based policy examples"): a stranger's is outside of them,
  // and AWS does not say whether there is one. A member that a policy leaves out is none: the list
  // has it.
  private Stream<Account> all(Subject onBehalfOf) {
    return organizations
        .listAccountsPaginator(r -> r.overrideConfiguration(Caller.named(onBehalfOf)))
        .stream()
        .flatMap(page -> page.accounts().stream());
  }

  private Account described(AccountId account, Subject onBehalfOf) {
    return organizations
        .describeAccount(
            r -> r.accountId(account.value()).overrideConfiguration(Caller.named(onBehalfOf)))
        .account();
  }

  @Override
  public List<String> units(AccountId account, Subject onBehalfOf) {
    return AwsErrors.call(
        onBehalfOf + ": look up the units of account " + account, () -> above(account, onBehalfOf));
  }

  @Override
  public Complete<AccountId> activeAccounts(Subject onBehalfOf) {
    return AwsErrors.call(
        onBehalfOf + ": list the accounts of the organisation",
        () ->
            new Complete<>(
                all(onBehalfOf)
                    .filter(OrganizationsRegister::isActive)
                    .map(account -> new AccountId(account.id()))
                    .toList()));
  }

  // An account's ARN is arn:aws:organizations::<management
  // account>:account/<organisation>/<account>.
  private static String organizationOf(String arn) {
    List<String> parts = List.of(arn.split("/", -1));
    return parts.size() == 3 ? parts.get(1) : "";
  }

  // Status is being retired in favour of State (Organizations API reference, "Account"); either may
  // be absent.
  private static boolean isActive(Account account) {
    boolean hasState =
        account.state() != null && account.state() != AccountState.UNKNOWN_TO_SDK_VERSION;
    return hasState
        ? account.state() == AccountState.ACTIVE
        : account.status() == AccountStatus.ACTIVE;
  }

  private List<String> above(AccountId account, Subject onBehalfOf) {
    List<String> parents = new ArrayList<>();
    String child = account.value();
    while (true) {
      String of = child;
      List<Parent> above =
          organizations
              .listParents(r -> r.childId(of).overrideConfiguration(Caller.named(onBehalfOf)))
              .parents();
      if (above.isEmpty()) {
        return List.copyOf(parents);
      }
      child = above.getFirst().id();
      parents.add(child);
      if (Membership.isRoot(child)) {
        return List.copyOf(parents);
      }
    }
  }
}
