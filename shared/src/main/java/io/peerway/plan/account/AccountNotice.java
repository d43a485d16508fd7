package io.peerway.plan.account;

import io.peerway.model.AccountLook;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.VpcId;
import io.peerway.plan.notices.Notice;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What people are told of a service account, and of what its VPCs ask for. */
public final class AccountNotice {
  private AccountNotice() {}

  /**
   * VPCs that ask for a connection and do not get one, and Regions that could not be looked at, if
   * there are any that people have not heard of.
   */
  public static Optional<Notice> refusals(AccountLook look, List<LeftAlone> left) {
    List<LeftAlone> news = left.stream().filter(each -> isNews(look, each)).toList();
    if (news.isEmpty()) {
      return Optional.empty();
    }
    boolean refused = news.stream().anyMatch(LeftAlone.Refuse.class::isInstance);
    return Optional.of(
        Notice.of(
            "refused",
            List.of(look.accountId()),
            refused
                ? "Peerway: VPCs of account " + look.accountId() + " refused"
                : "Peerway: Regions of account " + look.accountId() + " left out",
            news.stream().map(AccountNotice::line).collect(Collectors.joining("\n"))));
  }

  private static boolean isNews(AccountLook look, LeftAlone left) {
    return switch (left) {
      case LeftAlone.Refuse(var vpc, var reason) -> look.tellsOf(vpc);
      case LeftAlone.LeaveRegion unread -> look.tellsOfRegions();
    };
  }

  private static String line(LeftAlone left) {
    return switch (left) {
      case LeftAlone.Refuse(var vpc, var reason) -> vpc + ": " + reason;
      case LeftAlone.LeaveRegion(var region, var reason) -> "Region " + region + ": " + reason;
    };
  }

  /** An account that has come and may not connect. */
  public static Notice mayNotConnect(AccountId account, String objection) {
    return Notice.of(
        "refused",
        List.of(account),
        "Peerway: account " + account + " may not connect",
        "%s%s. Nothing was changed there, and tagging its VPCs connects nothing."
            .formatted(objection.substring(0, 1).toUpperCase(Locale.ROOT), objection.substring(1)));
  }

  /** An account whose stack never came. */
  public static Notice noRole(AccountId account) {
    return Notice.of(
        "no-role",
        List.of(account),
        "Peerway: account " + account + " cannot be entered",
        "Account %s has no role that the hub may assume, after a day of asking. Deploy stacks/service-account.yaml there, then start look-at-account again."
            .formatted(account));
  }

  /**
   * An account that AWS does not serve.
   *
   * @param why what AWS answers
   */
  public static Notice notYetOpen(AccountId account, String why) {
    return Notice.of(
        "no-role",
        List.of(account),
        "Peerway: account " + account + " cannot be entered",
        "Account %s still cannot be read after a day of asking: %s. When AWS has verified it, start look-at-account again."
            .formatted(account, why));
  }

  /** VPCs whose tag asks for what the missing role of their account does not let us do. */
  public static Notice noRole(AccountId account, List<VpcId> tagged) {
    return Notice.of(
        "no-role",
        List.of(account),
        "Peerway: account " + account + " cannot be entered",
        "Tags of %s ask for a connection, but account %s has no role that the hub may assume. Deploy stacks/service-account.yaml there, then start look-at-account again."
            .formatted(tagged, account));
  }
}
