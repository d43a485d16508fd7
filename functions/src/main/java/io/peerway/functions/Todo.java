package io.peerway.functions;

import io.peerway.model.Mending;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import io.peerway.plan.account.AccountAction;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a workflow does for an account.
 *
 * @param kind {@code REQUEST}, {@code CONNECT} or {@code DISCONNECT}
 */
public record Todo(
    String kind,
    @Nullable PeeringId peeringId,
    @Nullable Region region,
    @Nullable VpcId vpcId,
    @Nullable String reason,
    @Nullable ConnectInput input) {

  private static final List<String> ORDER = List.of("DISCONNECT", "CONNECT", "REQUEST");

  /**
   * The workflow's part of these actions. What ends a connection comes first, so that a request
   * which fails, and the workflow with it, holds up none of it.
   */
  public static List<Todo> of(List<AccountAction> actions) {
    return actions.stream()
        .flatMap(action -> of(action).stream())
        .sorted(Comparator.comparingInt(todo -> ORDER.indexOf(todo.kind())))
        .toList();
  }

  /** A refusal is only told. */
  private static Optional<Todo> of(AccountAction action) {
    return switch (action) {
      case AccountAction.Request(Region region, VpcId vpc) ->
          Optional.of(new Todo("REQUEST", null, region, vpc, null, null));
      case AccountAction.Connect(PeeringId peering, String reason) ->
          Optional.of(
              new Todo("CONNECT", peering, null, null, reason, new ConnectInput(peering, null)));
      case AccountAction.Restore(PeeringId peering, String what) ->
          Optional.of(
              new Todo(
                  "CONNECT",
                  peering,
                  null,
                  null,
                  what,
                  new ConnectInput(peering, Mending.ofParts(what, null))));
      case AccountAction.Disconnect(PeeringId peering, String reason) ->
          Optional.of(new Todo("DISCONNECT", peering, null, null, reason, null));
      case AccountAction.Refuse refuse -> Optional.empty();
      case AccountAction.LeaveRegion leave -> Optional.empty();
    };
  }
}
