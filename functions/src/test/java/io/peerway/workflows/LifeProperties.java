package io.peerway.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.testing.Samples;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Lives of one connection: people tag and untag, ask, accept, delete, refuse, change and delete the
 * VPC, move and close the account, while the executions that the events of all that start run side
 * by side, each event late, twice, before or after any other.
 *
 * <p>What may end in two ways, because the facts themselves say two things: the tag stays on and
 * people delete or refuse the peering (the next look at the account asks anew); people ask for what
 * the tag asks for as well, and the tag goes off before anybody has seen it. What people of the hub
 * accept by hand against admission stays, with nothing of ours on it. In a closed account nothing
 * can be taken away any more.
 *
 * <p>Not in it: a redrive (what failed is started or looked at anew here, as reconcile would); a
 * request of Peerway's own that the tag's end overtakes between two calls is denied on AWS by the
 * role's condition on the tag, here it is made and rejected.
 */
@Label("A connection's life")
class LifeProperties {

  @Property(tries = 500)
  @Label("ends as its last facts ask, in whatever order and how often its events come")
  void ends_as_asked(@ForAll("lives") Life life) {
    assertEnd(life);
  }

  @Property(tries = 300)
  @Label("ends as its last facts ask though executions fail half way, once it is looked at again")
  void ends_as_asked_after_failures(@ForAll("livesWithFailures") Life life) {
    assertEnd(life);
  }

  @Example
  @Label("ends where a person refuses the VPC while its next request is being admitted")
  void refused_while_the_next_request_is_admitted() {
    String happenings = "TAG_ON, TAG_ONx2, CIDR_OFF, TAG_ON, REFUSE, DELETE_BY_SERVICE";
    assertEnd(Life.of(happenings, "6:2, 33:5, 12:1, 0:2, 8:5, 11:2"));
    assertEnd(Life.of(happenings, "36:1, 30:1, 9:1, 3:2"));
    assertEnd(Life.of(happenings, "18:1, 13:1, 4:1, 2:1, 19:1, 7:1, 7:2, 3:5"));
    assertEnd(Life.of(happenings, "31:1, 17:1, 10:1, 10:3, 2:3"));
  }

  @Example
  @Label("leaves nothing behind where a person refuses it while it is being joined")
  void refused_while_it_is_joined() {
    assertEnd(Life.of("ASKx2, REFUSE, TAG_ON", "0:1, 4:1, 0:1, 2:5, 9:1, 9:5, 7:5"));
  }

  @Example
  @Label("stays where people of the hub accept by hand what a person has refused")
  void accepted_by_hand_after_a_refusal() {
    assertEnd(Life.of("ASK, REFUSE, DELETE_BY_SERVICE, ASK, ACCEPT", "31:1, 14:1, 35:5"));
  }

  private static void assertEnd(Life life) {
    Play play = new Play(life, Samples.settings("ALLOWED_UNITS", Play.UNIT)).play();
    List<String> findings = play.demand.findings(play.world, play.vpn.services());
    assertThat(findings).as("%s%n%s%n", life, play.trace()).isEmpty();
  }

  @Provide
  Arbitrary<Life> lives() {
    return lives(facts());
  }

  @Provide
  Arbitrary<Life> livesWithFailures() {
    return lives(
        Arbitraries.frequencyOf(
            Tuple.of(5, facts()),
            Tuple.of(2, Arbitraries.of(Fact.VPN_BREAKS)),
            Tuple.of(1, Arbitraries.of(Fact.VPN_IS_MENDED))));
  }

  private static Arbitrary<Fact> facts() {
    // Most lives are about the tag and the VPC's shape; an end comes rarely, or little would
    // follow.
    return Arbitraries.frequency(
        Tuple.of(8, Fact.TAG_ON),
        Tuple.of(4, Fact.TAG_OFF),
        Tuple.of(4, Fact.CIDR_ON),
        Tuple.of(3, Fact.CIDR_OFF),
        Tuple.of(2, Fact.NEW_ROUTE_TABLE),
        Tuple.of(3, Fact.ASK),
        Tuple.of(1, Fact.ASK_BY_HUB),
        Tuple.of(1, Fact.ACCEPT),
        Tuple.of(2, Fact.DELETE_BY_SERVICE),
        Tuple.of(1, Fact.DELETE_BY_HUB),
        Tuple.of(2, Fact.MOVE_OUT),
        Tuple.of(2, Fact.MOVE_IN),
        Tuple.of(1, Fact.REFUSE),
        Tuple.of(1, Fact.APPROVE),
        Tuple.of(1, Fact.DELETE_VPC),
        Tuple.of(1, Fact.CLOSE_ACCOUNT));
  }

  private static Arbitrary<Life> lives(Arbitrary<Fact> fact) {
    Arbitrary<Life.Happening> happening =
        Combinators.combine(fact, Arbitraries.integers().between(1, 2)).as(Life.Happening::new);
    Arbitrary<Life.Turn> turn =
        Combinators.combine(
                Arbitraries.integers().between(0, 40), Arbitraries.integers().between(1, 6))
            .as(Life.Turn::new);
    return Combinators.combine(
            happening.list().ofMinSize(1).ofMaxSize(8), turn.list().ofMaxSize(16))
        .as(Life::new);
  }
}
