package io.peerway.functions;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.peerway.model.error.PeerwayException;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.EventHistory;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Region;
import io.peerway.plan.report.Doers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the event histories of the accounts say. Nothing fails by it, and nobody waits for it long:
 * few resources are asked for, and no more of them where one could not be had.
 */
public final class EventRecords implements Doers.Records {
  // Of one account and Region in one step: the history answers two calls a second (CloudTrail API
  // reference, "LookupEvents").
  private static final int RESOURCES = 5;

  private record Home(AccountId account, Region region) {}

  private final Function<VpcSide, EventHistory> histories;
  private final Consumer<String> log;
  private final Map<Home, Inquiry> inquiries = new HashMap<>();

  /**
   * Those of these histories.
   *
   * @param log takes a line where one cannot be read
   */
  public EventRecords(Function<VpcSide, EventHistory> histories, Consumer<String> log) {
    this.histories = histories;
    this.log = log;
  }

  @Override
  public List<Map<String, Object>> about(VpcSide side, String resource) {
    return inquiries
        .computeIfAbsent(
            new Home(side.account(), side.region()),
            home -> new Inquiry(histories.apply(side), log))
        .about(resource);
  }

  /** What was asked of one history. */
  private static final class Inquiry {
    private final EventHistory history;
    private final Consumer<String> log;
    private final Map<String, List<Map<String, Object>>> answers = new HashMap<>();
    private boolean isOver;

    Inquiry(EventHistory history, Consumer<String> log) {
      this.history = history;
      this.log = log;
    }

    List<Map<String, Object>> about(String resource) {
      List<Map<String, Object>> known = answers.get(resource);
      if (known != null) {
        return known;
      }
      if (isOver || answers.size() == RESOURCES) {
        return List.of();
      }
      List<Map<String, Object>> records = ask(resource);
      answers.put(resource, records);
      return records;
    }

    private List<Map<String, Object>> ask(String resource) {
      try {
        return history.about(resource).stream().flatMap(text -> read(text).stream()).toList();
      } catch (PeerwayException e) {
        isOver = true;
        log.accept("It is not known who has changed " + resource + ": " + e.getMessage());
        return List.of();
      }
    }

    private static Optional<Map<String, Object>> read(String record) {
      try {
        return Optional.ofNullable(Json.record(record));
      } catch (JsonProcessingException e) {
        return Optional.empty();
      }
    }
  }
}
