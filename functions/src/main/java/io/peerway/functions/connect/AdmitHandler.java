package io.peerway.functions.connect;

import static io.peerway.aws.AwsPorts.Need.FREEZES;
import static io.peerway.aws.AwsPorts.Need.HUB;
import static io.peerway.aws.AwsPorts.Need.ORGANIZATION;
import static io.peerway.aws.AwsPorts.Need.SERVICES;
import static io.peerway.aws.AwsPorts.Need.SETTINGS;

import io.peerway.functions.OnLambda;
import io.peerway.functions.PeeringInput;
import io.peerway.functions.Step;
import io.peerway.model.Mending;
import io.peerway.model.Todo;
import io.peerway.model.freeze.Beginning;
import io.peerway.model.freeze.Freezes;
import io.peerway.model.value.PeeringId;
import io.peerway.plan.Aws;
import io.peerway.plan.connect.Admit;
import io.peerway.plan.connect.AdmitAnswer;
import io.peerway.plan.freeze.Freeze;
import io.peerway.plan.freeze.Gate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets {@link Admit} decide, and write the claim. */
public final class AdmitHandler extends Step<AdmitHandler.Request, AdmitAnswer> {

  /**
   * Which request.
   *
   * @param input the execution's own; absent where the function is invoked by hand
   * @param before the execution's data, with what was answered last if it was asked before
   * @param redrive how often people have redriven it
   */
  record Request(
      PeeringId peeringId,
      @Nullable Started input,
      @Nullable Before before,
      @Nullable Integer redrive,
      @Nullable String execution)
      implements PeeringInput {
    Request {
      Objects.requireNonNull(peeringId, "peeringId");
    }

    @Nullable Mending mends() {
      return input == null ? null : input.todo() == null ? input.mends() : input.todo().mends();
    }

    Gate gate(Aws aws) {
      Beginning beginning =
          Beginning.of(
              input == null ? null : input.freezes(),
              input == null ? null : input.redrives(),
              redrive);
      return new Gate(aws, beginning, peeringId, before == null ? null : before.freeze());
    }
  }

  /**
   * What the execution was started with, besides the peering id.
   *
   * @param mends what somebody has taken away of the connection
   * @param todo where {@code look-at-account} has started it: what that has found
   * @param freezes how it stands to freezes; absent where people have started it
   * @param redrives how often the execution was redriven that has started it
   */
  record Started(
      @Nullable Mending mends,
      Todo.@Nullable Input todo,
      @Nullable Freezes freezes,
      @Nullable Integer redrives) {}

  /** What the execution knows already. */
  record Before(@Nullable Earlier admission) {
    @Nullable Freeze freeze() {
      return admission == null ? null : Freeze.met(admission.freezes(), admission.freeze());
    }
  }

  /** Of what was answered last, what was said of a freeze. */
  record Earlier(@Nullable Freezes freezes, @Nullable String freeze) {}

  public AdmitHandler() {
    this(OnLambda.aws(SETTINGS, HUB, SERVICES, ORGANIZATION, FREEZES));
  }

  public AdmitHandler(Aws aws) {
    super(Request.class, aws);
  }

  @Override
  protected AdmitAnswer run(Request request) {
    return new Admit(
            aws, request.peeringId(), request.mends(), request.executionName(), request.gate(aws))
        .answer();
  }
}
