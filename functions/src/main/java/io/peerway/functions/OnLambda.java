package io.peerway.functions;

import io.peerway.aws.AwsPorts;
import io.peerway.aws.AwsPorts.Need;
import io.peerway.model.Environment;
import io.peerway.plan.Aws;
import io.peerway.plan.events.Turns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Lambda gives a function when it makes it. */
public final class OnLambda {
  private static final Logger LOG = LoggerFactory.getLogger("io.peerway");

  private OnLambda() {}

  /** The ports that it needs. */
  public static Aws aws(Need... needs) {
    return AwsPorts.of(System.getenv(), LOG::info, needs);
  }

  /** Its environment. */
  public static Environment environment() {
    return new Environment(System.getenv());
  }

  /** How often it may start a workflow for one subject. */
  public static Turns turns() {
    return Turns.of(System.getenv());
  }
}
