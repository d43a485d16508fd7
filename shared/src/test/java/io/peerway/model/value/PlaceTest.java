package io.peerway.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
  private static final VpcId VPC = new VpcId("vpc-0bbbbbbbbbbbbbbbb");
  private static final InstanceId INSTANCE = new InstanceId("i-00000001");

  static final List<Place> PLACES =
      List.of(
          new PeeringId("pcx-00000001"),
          VPC,
          new SecurityGroupId("sg-00000001"),
          new Place.LeftIn(VPC),
          new Place.StatusOf(VPC),
          new Place.RoutesOf(VPC),
          new Place.AccountIn(new AccountId("210987654321"), new Region("eu-west-1")),
          new Place.Accounts(1),
          new Place.Accounts(2000),
          new Place.OnVpn(INSTANCE),
          new Place.OnAnyVpn(),
          new Place.OpenVpn(INSTANCE));

  @ParameterizedTest
  @FieldSource("PLACES")
  void what_it_prints_is_what_is_read(Place place) {
    assertThat(Place.of(place.toString())).isEqualTo(place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pcx-1",
        "left in vpc-1",
        "VPN instance ",
        "VPN instances!",
        "account 210987654321",
        "1 accounts without a connection",
        "-1 accounts",
        "01 accounts without a connection"
      })
  void any_other_text_is_no_place(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Place.of(text))
        .withMessageContaining("a place of a report expected");
  }
}
