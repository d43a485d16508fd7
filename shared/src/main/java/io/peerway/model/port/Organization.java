package io.peerway.model.port;

import io.peerway.model.Membership;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Subject;
import java.util.List;

/** The organisation's own register of accounts. */
public interface Organization {
  /**
   * Whether an account belongs to the organisation.
   *
   * @param withParents whether to walk up the organisational units as well: one call more per level
   */
  Membership membership(AccountId account, boolean withParents, Subject onBehalfOf);

  /**
   * The organisational units above an account and the root, innermost first: one call for each.
   * Empty where the account has none above it.
   */
  List<String> units(AccountId account, Subject onBehalfOf);

  /** Every account of the organisation that is in use: one call for each 20 of them. */
  Complete<AccountId> activeAccounts(Subject onBehalfOf);
}
