package io.peerway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.peerway.aws.AwsPorts.Need;
import io.peerway.model.error.InvalidSettings;
import io.peerway.plan.Aws;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwsPortsTest {

  @Test
  void a_function_has_what_it_names_and_nothing_else() {
    Aws aws = AwsPorts.of(AwsTest.ENVIRONMENT, line -> {}, Need.HUB_ON_DEMAND, Need.SERVICES);
    assertThat(aws.hub()).isNotNull();
    assertThat(aws.services()).isNotNull();
    assertThatNullPointerException()
        .isThrownBy(aws::organization)
        .withMessage("a function has to name the organisation to use it");
    assertThatNullPointerException().isThrownBy(aws::workflows);
  }

  @Test
  void a_variable_is_needed_only_by_who_names_what_it_is_for() {
    Map<String, String> environment = new HashMap<>(AwsTest.ENVIRONMENT);
    environment.remove("CONNECT_ARN");
    assertThat(AwsPorts.of(environment, line -> {}, Need.HUB_SCAN).hub()).isNotNull();
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> AwsPorts.of(environment, line -> {}, Need.CONNECT))
        .withMessage("CONNECT_ARN is not set");
  }
}
