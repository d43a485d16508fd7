package io.peerway.plan.reconcile;

import io.peerway.model.Start;
import io.peerway.model.value.AccountId;
import io.peerway.plan.findings.Finding;
import io.peerway.plan.findings.Inspection;
import io.peerway.plan.findings.Unread;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a group of accounts, where anything was: the answers about thousands of
 * accounts have to fit into one execution. The workflow answers in its place where the check itself
 * failed.
 *
 * @param refused those of which AWS refused something, for no reason of their owner's
 * @param accounts those whose check failed
 * @param error what it failed of
 */
public record CheckAnswer(
    @Nullable List<Finding> findings,
    @Nullable List<Start> repairs,
    @Nullable List<Unread> unread,
    @Nullable List<AccountId> refused,
    @Nullable List<AccountId> accounts,
    @Nullable String error) {

  public static CheckAnswer of(Inspection found) {
    return new CheckAnswer(
        orNull(found.findings()),
        orNull(found.repairs()),
        orNull(found.unread()),
        orNull(found.refused()),
        null,
        null);
  }

  private static <T> @Nullable List<T> orNull(List<T> list) {
    return list.isEmpty() ? null : list;
  }

  /**
   * What was found.
   *
   * @param notChecked what is said of an account whose check failed of an error
   */
  Inspection found(BiFunction<AccountId, String, Inspection> notChecked) {
    if (error == null) {
      return new Inspection(
          Objects.requireNonNullElse(findings, List.of()),
          Objects.requireNonNullElse(repairs, List.of()),
          unread,
          refused);
    }
    return Objects.requireNonNull(accounts, "accounts").stream()
        .map(account -> notChecked.apply(account, error))
        .reduce(Inspection.NOTHING, Inspection::and);
  }
}
