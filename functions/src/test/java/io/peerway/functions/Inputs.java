package io.peerway.functions;

/** The sample connection as the workflow hands it from step to step. */
public final class Inputs {

  public static final String CONNECTION =
      """
      {'peeringId': 'pcx-0a1b2c3d4e5f60718', 'accepter': 'HUB',
       'hub': {'account': '123456789012', 'region': 'eu-west-1', 'vpc': 'vpc-0aaaaaaaaaaaaaaaa',
               'cidrs': ['10.100.0.0/16']},
       'service': {'account': '210987654321', 'region': 'eu-west-1', 'vpc': 'vpc-0bbbbbbbbbbbbbbbb',
                   'cidrs': ['10.110.0.0/16', '10.120.0.0/24']}}""";

  /** The same once it has to end. */
  public static final String WITHDRAWN = CONNECTION.replaceAll("\\[[^]]*]", "[]");

  /** The input of most steps. */
  public static final String STEP =
      "{'connection': %s, 'execution': 'sample', 'more': 1}".formatted(CONNECTION);

  public static final String REFUSAL = "{'rule': 'SomeRule', 'reason': 'a is not b'}";

  private Inputs() {}

  /** {@code input} for a request that the hub itself sent. */
  public static String askedByHub(String input) {
    return input.replace("'accepter': 'HUB'", "'accepter': 'SERVICE'");
  }
}
