package io.peerway.model.value;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where {@code reconcile} has found something: a connection, a VPC that asks for one, a group, or
 * what has no id of AWS's. It prints as people read it, and crosses a workflow as that text.
 */
public sealed interface Place
    permits PeeringId,
        VpcId,
        SecurityGroupId,
        Place.LeftIn,
        Place.RoutesOf,
        Place.StatusOf,
        Place.AccountIn,
        Place.Accounts,
        Place.OnVpn,
        Place.OnAnyVpn,
        Place.OpenVpn,
        Place.Freezes {

  /** A VPC in which something of an ended connection was left. */
  record LeftIn(VpcId vpc) implements Place {
    private static final String TEXT = "left in ";

    @Override
    public String toString() {
      return TEXT + vpc;
    }
  }

  /** Routes of a VPC of which nobody can say whose they are. */
  record RoutesOf(VpcId vpc) implements Place {
    private static final String TEXT = "routes of ";

    @Override
    public String toString() {
      return TEXT + vpc;
    }
  }

  /** The tag of a VPC for its team. */
  record StatusOf(VpcId vpc) implements Place {
    private static final String TEXT = "peerway:status of ";

    @Override
    public String toString() {
      return TEXT + vpc;
    }
  }

  /** What an account has in one Region. */
  record AccountIn(AccountId account, Region region) implements Place {
    private static final String TEXT = "account ";
    private static final String IN = " in ";

    @Override
    public String toString() {
      return TEXT + account + IN + region;
    }
  }

  /** Accounts without a connection, of which there may be thousands. */
  record Accounts(int count) implements Place {
    private static final String ONE = " account without a connection";
    private static final String MANY = " accounts without a connection";

    @Override
    public String toString() {
      return count + (count == 1 ? ONE : MANY);
    }
  }

  /** What a VPN instance has in force. */
  record OnVpn(InstanceId instance) implements Place {
    private static final String TEXT = "VPN instance ";

    @Override
    public String toString() {
      return TEXT + instance;
    }
  }

  /** All VPN instances. */
  record OnAnyVpn() implements Place {
    private static final String TEXT = "VPN instances";

    @Override
    public String toString() {
      return TEXT;
    }
  }

  /** What OpenVPN says to clients on a VPN instance. */
  record OpenVpn(InstanceId instance) implements Place {
    private static final String TEXT = "OpenVPN on VPN instance ";

    @Override
    public String toString() {
      return TEXT + instance;
    }
  }

  /** The calendar that says when nothing may be changed. */
  record Freezes() implements Place {
    private static final String TEXT = "freeze calendar";

    @Override
    public String toString() {
      return TEXT;
    }
  }

  /** Whether what the VPN instances translate is meant. */
  default boolean isOfNat() {
    return this instanceof OnVpn || this instanceof OnAnyVpn;
  }

  /**
   * The place that prints so.
   *
   * @throws IllegalArgumentException where none does
   */
  static Place of(String text) {
    return Stream.of(
            read(text, "", "", PeeringId::new),
            read(text, "", "", VpcId::new),
            read(text, "", "", SecurityGroupId::new),
            read(text, LeftIn.TEXT, "", id -> new LeftIn(new VpcId(id))),
            read(text, RoutesOf.TEXT, "", id -> new RoutesOf(new VpcId(id))),
            read(text, StatusOf.TEXT, "", id -> new StatusOf(new VpcId(id))),
            read(text, AccountIn.TEXT, "", Place::accountIn),
            read(text, "", Accounts.ONE, count -> new Accounts(Integer.parseInt(count))),
            read(text, "", Accounts.MANY, count -> new Accounts(Integer.parseInt(count))),
            read(text, OnVpn.TEXT, "", id -> new OnVpn(new InstanceId(id))),
            read(text, OnAnyVpn.TEXT, "", nothing -> new OnAnyVpn()),
            read(text, OpenVpn.TEXT, "", id -> new OpenVpn(new InstanceId(id))),
            read(text, Freezes.TEXT, "", nothing -> new Freezes()))
        .flatMap(Optional::stream)
        .filter(place -> place.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a place of a report expected, got: " + Printable.shortened(text)));
  }

  private static Place accountIn(String ids) {
    String[] both = ids.split(AccountIn.IN, -1);
    return new AccountIn(new AccountId(both[0]), new Region(both[both.length - 1]));
  }

  private static Optional<Place> read(
      String text, String before, String after, Function<String, Place> place) {
    int end = text.length() - after.length();
    if (end < before.length()) {
      return Optional.empty();
    }
    try {
      return Optional.of(place.apply(text.substring(before.length(), end)));
    } catch (IllegalArgumentException other) {
      return Optional.empty();
    }
  }
}
