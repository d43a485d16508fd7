package io.peerway.model;

/** The organisation's own register of accounts. */
public interface Organization {
  /**
   * Whether an account belongs to the organisation.
   *
   * @param withParents whether to walk up the organisational units as well: one call more per level
   */
  Membership membership(AccountId account, boolean withParents, Subject onBehalfOf);

  /** Every account of the organisation that is in use: one call for each page of them. */
  Complete<AccountId> activeAccounts(Subject onBehalfOf);
}
