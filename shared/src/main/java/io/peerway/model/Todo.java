package io.peerway.model;

import io.peerway.model.value.AccountId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Place;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Start} as a workflow's data has it, and what has come of it. What could not be begun is
 * still to be done.
 *
 * @param at as in {@link Start#at}; null where the workflow works for one account
 * @param input of {@code connect}
 * @param state {@code SUCCEEDED}, {@code FAILED}, or {@code STARTED} where its end was not seen;
 *     null as long as it is to be done
 * @param error what it has failed of
 * @param urgent whether an end waits for no freeze; null where it does
 */
public record Todo(
    Kind kind,
    @Nullable Place at,
    @Nullable AccountId accountId,
    @Nullable PeeringId peeringId,
    @Nullable Region region,
    @Nullable VpcId vpcId,
    @Nullable String reason,
    @Nullable Input input,
    @Nullable String state,
    @Nullable String error,
    @Nullable Boolean urgent) {

  /**
   * What the workflow does, in this order: what ends a connection comes first, so that a request
   * which fails, and the workflow with it, holds up none of it.
   */
  public enum Kind {
    DISCONNECT,
    CONNECT,
    REQUEST,
    LEAVE
  }

  /**
   * The input of {@code connect}.
   *
   * @param mends what somebody has taken away of the connection
   */
  public record Input(PeeringId peeringId, @Nullable Mending mends) {}

  /** One that waits in a freeze. */
  public Todo(
      Kind kind,
      @Nullable Place at,
      @Nullable AccountId accountId,
      @Nullable PeeringId peeringId,
      @Nullable Region region,
      @Nullable VpcId vpcId,
      @Nullable String reason,
      @Nullable Input input,
      @Nullable String state,
      @Nullable String error) {
    this(kind, at, accountId, peeringId, region, vpcId, reason, input, state, error, null);
  }

  public Todo {
    Objects.requireNonNull(kind, "kind");
  }

  /** As {@code look-at-account} has it, which knows the account; in the order of their kinds. */
  public static List<Todo> ofAccount(List<Start> starts) {
    return starts.stream().map(Todo::ofAccount).sorted(Comparator.comparing(Todo::kind)).toList();
  }

  private static Todo ofAccount(Start start) {
    return switch (start) {
      case Start.Request(var account, var region, var vpc, var reason) ->
          new Todo(Kind.REQUEST, null, null, null, region, vpc, null, null, null, null);
      case Start.Connect(var account, var peering, var reason) ->
          at(Kind.CONNECT, peering, reason, new Input(peering, null));
      case Start.Restore(var account, var peering, var what) ->
          at(Kind.CONNECT, peering, what, new Input(peering, Mending.ofParts(what, null)));
      case Start.Disconnect(var account, var peering, var reason, var urgent) ->
          new Todo(
              Kind.DISCONNECT,
              null,
              null,
              peering,
              null,
              null,
              reason,
              null,
              null,
              null,
              urgent ? true : null);
      case Start.Leave(var account, var region, var vpc, var reason) ->
          new Todo(Kind.LEAVE, null, null, null, region, vpc, reason, null, null, null);
    };
  }

  private static Todo at(Kind kind, PeeringId peering, String reason, @Nullable Input input) {
    return new Todo(kind, null, null, peering, null, null, reason, input, null, null);
  }

  /**
   * As {@code reconcile} has it, in their order.
   *
   * @param earlier what an earlier pass of this execution went through: it stands in the place of
   *     what is to be started there
   */
  public static List<Todo> ofAll(List<Start> starts, List<Todo> earlier) {
    return starts.stream()
        .map(
            start ->
                earlier.stream()
                    .filter(todo -> start.at().equals(todo.at))
                    .findFirst()
                    .orElseGet(() -> of(start, null)))
        .toList();
  }

  /** As a report has it, with its reason. */
  public static Todo of(Start start) {
    return of(start, start.reason());
  }

  private static Todo of(Start start, @Nullable String reason) {
    Todo todo = ofAccount(start);
    return new Todo(
        todo.kind,
        start.at(),
        start.account(),
        todo.peeringId,
        todo.region,
        todo.vpcId,
        reason,
        null,
        null,
        null,
        todo.urgent);
  }

  /** What is to be started, from what a report has. */
  public Start start() {
    AccountId account = Objects.requireNonNull(accountId, "accountId");
    String why = Objects.requireNonNull(reason, "reason");
    return switch (kind) {
      case REQUEST ->
          new Start.Request(
              account,
              Objects.requireNonNull(region, "region"),
              Objects.requireNonNull(vpcId, "vpcId"),
              why);
      case CONNECT ->
          new Start.Connect(account, Objects.requireNonNull(peeringId, "peeringId"), why);
      case DISCONNECT ->
          new Start.Disconnect(
              account,
              Objects.requireNonNull(peeringId, "peeringId"),
              why,
              Boolean.TRUE.equals(urgent));
      case LEAVE ->
          new Start.Leave(
              account,
              Objects.requireNonNull(region, "region"),
              Objects.requireNonNull(vpcId, "vpcId"),
              why);
    };
  }
}
