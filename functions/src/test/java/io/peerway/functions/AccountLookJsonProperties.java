package io.peerway.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.peerway.model.AccountLook;
import io.peerway.model.value.VpcId;
import io.peerway.testing.Samples;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A look crosses queues and workflows as it is. */
class AccountLookJsonProperties {

  @Property
  void what_it_writes_is_what_is_read(@ForAll("looks") AccountLook look)
      throws JsonProcessingException {
    assertThat(Json.mapper().readValue(look.json(), AccountLook.class)).isEqualTo(look);
    assertThat(Json.mapper().readValue(Json.mapper().writeValueAsString(look), AccountLook.class))
        .isEqualTo(look);
  }

  @Example
  void one_vpc_may_be_named_without_a_list() throws JsonProcessingException {
    String input =
        "{\"accountId\":\"%s\",\"changed\":\"vpc-00000001\",\"deleted\":\"vpc-00000002\"}"
            .formatted(Samples.SERVICE_ACCOUNT);
    assertThat(Json.mapper().readValue(input, AccountLook.class))
        .isEqualTo(
            AccountLook.at(Samples.SERVICE_ACCOUNT)
                .because(new VpcId("vpc-00000001"))
                .afterTheEndOf(new VpcId("vpc-00000002")));
  }

  @Provide
  Arbitrary<AccountLook> looks() {
    Arbitrary<List<VpcId>> vpcs =
        Arbitraries.integers()
            .between(1, 9)
            .map(n -> new VpcId("vpc-0000000" + n))
            .list()
            .uniqueElements()
            .ofMaxSize(3);
    Arbitrary<Boolean> flags = Arbitraries.of(true, false);
    return Combinators.combine(vpcs, flags, vpcs, vpcs, flags, vpcs.injectNull(0.5), flags, vpcs)
        .as(
            (changed, throughout, deleted, tagged, arrived, about, removed, heldUp) ->
                new AccountLook(
                    Samples.SERVICE_ACCOUNT,
                    changed,
                    throughout,
                    deleted,
                    tagged,
                    arrived,
                    about,
                    removed,
                    heldUp));
  }
}
