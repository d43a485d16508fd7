package io.peerway.testing;

import io.peerway.model.error.PeerwayException;
import io.peerway.model.port.EventHistory;
import io.peerway.model.value.AccountId;
import java.util.List;
import java.util.function.Supplier;

/** The event history of one account in a {@link World}. */
final class FakeEventHistory implements EventHistory {
  private static final int PAGE = 50;

  private final World world;
  private final AccountId account;
  private final String name;
  private final Runnable session;

  /**
   * A history that is not entered before the first call.
   *
   * @param session what entering it takes
   */
  FakeEventHistory(World world, AccountId account, String name, Runnable session) {
    this.world = world;
    this.account = account;
    this.name = name;
    this.session = session;
  }

  @Override
  public List<String> about(String resource) {
    session.run();
    world.transcript().read(name, "events about " + resource);
    Supplier<PeerwayException> failure = world.unreadable.get(World.eventsOf(account));
    if (failure != null) {
      throw failure.get();
    }
    return world.records(account).reversed().stream()
        .filter(record -> record.contains('"' + resource + '"'))
        .limit(PAGE)
        .toList();
  }
}
