package io.peerway.functions.connect;

import static io.peerway.aws.AwsPorts.Need.HUB;
import static io.peerway.aws.AwsPorts.Need.SERVICES;
import static io.peerway.aws.AwsPorts.Need.SETTINGS;

import io.peerway.functions.ConnectionInput;
import io.peerway.functions.OnLambda;
import io.peerway.functions.Step;
import io.peerway.plan.Aws;
import io.peerway.plan.connect.Join;
import io.peerway.plan.connect.JoinAnswer;

/** Lets {@link Join} make the service's side. */
public final class JoinServiceHandler extends Step<ConnectionInput, JoinAnswer> {

  public JoinServiceHandler() {
    this(OnLambda.aws(SETTINGS, HUB, SERVICES));
  }

  public JoinServiceHandler(Aws aws) {
    super(ConnectionInput.class, aws);
  }

  @Override
  protected JoinAnswer run(ConnectionInput request) {
    return new Join(aws, request.connection()).answer();
  }
}
