package io.peerway.functions.seen;

import static io.peerway.aws.AwsPorts.Need.DOCTOR;
import static io.peerway.aws.AwsPorts.Need.HUB;
import static io.peerway.aws.AwsPorts.Need.HUB_EVENTS;
import static io.peerway.aws.AwsPorts.Need.PAST_RUNS;
import static io.peerway.aws.AwsPorts.Need.SETTINGS;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.peerway.functions.Json;
import io.peerway.functions.OnLambda;
import io.peerway.functions.seen.html.DetailsHtml;
import io.peerway.functions.seen.html.Links;
import io.peerway.functions.seen.html.NetworkHtml;
import io.peerway.functions.seen.html.Page;
import io.peerway.functions.seen.html.ReachHtml;
import io.peerway.functions.seen.html.RunHtml;
import io.peerway.functions.seen.html.WaitingHtml;
import io.peerway.model.Environment;
import io.peerway.plan.Aws;
import io.peerway.plan.seen.Details;
import io.peerway.plan.seen.Picture;
import io.peerway.plan.seen.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Answers the dashboard's widgets. It reads, and asks the doctor, and can do nothing else. */
public final class ShowHandler implements RequestStreamHandler {
  private final Aws aws;
  private final Places places;
  private final Glance glance;
  private final Reach reach;
  private final LastChange lastChange;

  public ShowHandler() {
    this(OnLambda.aws(SETTINGS, HUB, HUB_EVENTS, PAST_RUNS, DOCTOR), OnLambda.environment());
  }

  ShowHandler(Aws aws, Environment environment) {
    this.aws = aws;
    this.places = Places.of(environment);
    this.glance = new Glance(aws);
    this.reach = new Reach(aws);
    this.lastChange = new LastChange(aws);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Json.write(out, Answered.of(in, context, event -> answer(event, context)));
  }

  private String answer(WidgetEvent event, Context context) {
    Page page = event.page();
    Links links = places.shownBy(context.getInvokedFunctionArn());
    return switch (event.asked()) {
      case Asked.Describe() -> Documentation.TEXT;
      case Asked.Network() ->
          glance.drawn(page, picture -> NetworkHtml.of(page, links, picture, aws.now()));
      case Asked.Details details -> details(details, page, links);
      case Asked.Reach(var filled, boolean send) ->
          send ? reach.asked(page, links, filled) : ReachHtml.unasked(page, links, filled);
      case Asked.Waiting() -> waiting(page);
      case Asked.Run(String name) ->
          aws.past()
              .named(name)
              .map(run -> RunHtml.of(page, links, run, Glance.report(run.output())))
              .orElseGet(
                  () -> page.error("Not found", "run: Step Functions has no execution " + name));
    };
  }

  private String details(Asked.Details asked, Page page, Links links) {
    Picture picture = glance.picture(asked.run());
    return picture
        .service(asked.id())
        .map(
            service ->
                DetailsHtml.of(
                    page,
                    links,
                    Details.of(service, picture, aws.now()),
                    picture,
                    lastChange.of(service.id())))
        .orElseGet(
            () ->
                page.error(
                    "Not found",
                    "id: EC2 shows no peering connection "
                        + asked.id()
                        + " of the hub VPC (any more)"));
  }

  private String waiting(Page page) {
    Picture picture = glance.picture();
    return WaitingHtml.of(page, Waiting.of(picture), picture.looked().at());
  }
}
