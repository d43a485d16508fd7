package io.peerway.aws;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.peerway.model.error.InvalidSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AwsClientsTest {

  static Stream<Arguments> variables() {
    return Stream.of(
        needs("AWS_REGION", AwsClients::hub),
        needs("HUB_VPC_ID", AwsClients::hub),
        needs("HUB_VPC_ID", AwsClients::serviceAccounts),
        needs("SERVICE_ROLE_NAME", AwsClients::serviceAccounts),
        needs("EXTERNAL_ID", AwsClients::serviceAccounts),
        needs("NAT_DOCUMENT", AwsClients::vpnInstances),
        needs("CONNECT_ARN", aws -> aws.workflows("CONNECT_ARN")));
  }

  private static Arguments needs(String variable, Consumer<AwsClients> client) {
    return Arguments.of(variable, client);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variables")
  void a_variable_that_is_not_set_is_named(String variable, Consumer<AwsClients> client) {
    Map<String, String> environment = new HashMap<>(AwsTest.ENVIRONMENT);
    environment.put(variable, " ");
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> client.accept(new AwsClients(environment)))
        .withMessage(variable + " is not set");
  }

  @Test
  void a_region_of_another_form_is_named() {
    Map<String, String> environment = new HashMap<>(AwsTest.ENVIRONMENT);
    environment.put("AWS_REGION", "Ireland");
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> new AwsClients(environment).hub())
        .withMessageContainingAll("AWS_REGION", "Ireland", "eu-west-1");
  }
}
