package io.peerway.plan.admission;

import io.peerway.model.network.Peering;
import io.peerway.model.value.AccountId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * That VPCs of an account wait for addresses which a connection of another account has, noted on
 * that connection ({@link io.peerway.model.network.Tags#WANTED_BY}): its end is when they can be
 * asked for, and nothing else tells whose they are.
 */
public final class Waiting {
  // EC2 API reference, "Tag": a value has up to 256 characters. Who finds no room is noticed by the
  // daily run.
  private static final int ROOM = 256;

  private Waiting() {}

  /** The tag's value with this account added; empty where it need not or cannot be written. */
  public static Optional<String> note(Peering inTheWay, AccountId account) {
    List<AccountId> known = inTheWay.wantedBy();
    String value =
        Stream.concat(known.stream(), Stream.of(account))
            .map(AccountId::value)
            .collect(Collectors.joining(" "));
    return known.contains(account) || value.length() > ROOM ? Optional.empty() : Optional.of(value);
  }
}
