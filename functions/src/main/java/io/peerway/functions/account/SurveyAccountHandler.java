package io.peerway.functions.account;

import static io.peerway.aws.AwsPorts.Need.HUB;
import static io.peerway.aws.AwsPorts.Need.ORGANIZATION;
import static io.peerway.aws.AwsPorts.Need.SERVICES;
import static io.peerway.aws.AwsPorts.Need.SETTINGS;

import io.peerway.functions.OnLambda;
import io.peerway.functions.Step;
import io.peerway.model.AccountLook;
import io.peerway.model.freeze.Beginning;
import io.peerway.model.freeze.Freezes;
import io.peerway.model.value.Subject;
import io.peerway.plan.Aws;
import io.peerway.plan.look.Survey;
import io.peerway.plan.look.SurveyAnswer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets {@link Survey} look at an account. */
public final class SurveyAccountHandler extends Step<SurveyAccountHandler.Request, SurveyAnswer> {

  /**
   * Which account to look at.
   *
   * @param attempt how often its role could not be assumed yet
   * @param input the execution's own, of which the look is another part
   * @param redrive how often people have redriven it
   */
  public record Request(
      AccountLook look,
      int attempt,
      @Nullable Started input,
      @Nullable Integer redrive,
      @Nullable String execution)
      implements Step.Input {
    public Request {
      Objects.requireNonNull(look, "look");
    }

    @Override
    public Subject subject() {
      return look.accountId();
    }

    Beginning beginning() {
      return Beginning.of(input == null ? null : input.freezes(), null, redrive);
    }
  }

  /**
   * How it was started.
   *
   * @param freezes how it stands to freezes; absent where people have started it
   */
  public record Started(@Nullable Freezes freezes) {}

  public SurveyAccountHandler() {
    this(OnLambda.aws(SETTINGS, HUB, SERVICES, ORGANIZATION));
  }

  public SurveyAccountHandler(Aws aws) {
    super(Request.class, aws);
  }

  @Override
  protected SurveyAnswer run(Request request) {
    return new Survey(aws, request.look(), request.attempt(), request.beginning()).answer();
  }
}
