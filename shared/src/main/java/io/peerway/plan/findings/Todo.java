package io.peerway.plan.findings;

import io.peerway.model.value.AccountId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Region;
import io.peerway.model.value.VpcId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the workflow does of a {@link Repair}, and what has come of it. What could not be begun is
 * still to be done.
 *
 * @param state {@code SUCCEEDED}, {@code FAILED}, or {@code STARTED} where its end was not seen;
 *     null as long as it is to be done
 * @param error what it has failed of
 */
public record Todo(
    Repair.Kind kind,
    String at,
    @Nullable AccountId accountId,
    @Nullable PeeringId peeringId,
    @Nullable Region region,
    @Nullable VpcId vpcId,
    @Nullable String state,
    @Nullable String error) {
  public Todo {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(at, "at");
  }

  /**
   * The repairs, in their order.
   *
   * @param earlier what an earlier pass of this execution went through: it stands in the place of
   *     its repair
   */
  public static List<Todo> of(List<Repair> repairs, List<Todo> earlier) {
    return repairs.stream()
        .map(
            repair ->
                earlier.stream()
                    .filter(todo -> todo.at.equals(repair.at()))
                    .findFirst()
                    .orElseGet(() -> of(repair)))
        .toList();
  }

  private static Todo of(Repair repair) {
    return new Todo(
        repair.kind(),
        repair.at(),
        repair.accountId(),
        repair.peeringId(),
        repair.region(),
        repair.vpcId(),
        null,
        null);
  }
}
