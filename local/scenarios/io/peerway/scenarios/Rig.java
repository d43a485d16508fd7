package io.peerway.scenarios;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The running rig: the local AWS with the deployed hub, and the packet lab. Here are the way into
 * both and the services; what there is to do with them stands with {@link RigPeople}, {@link
 * RigExecutions}, {@link RigEvents}, {@link RigSight} and {@link RigLab}.
 */
final class Rig implements AutoCloseable {
  static final String HUB_ACCOUNT = "123456789012";
  static final String HUB_REGION = "eu-west-1";
  static final String OTHER_REGION = "eu-central-1";
  static final String HUB_CIDR = "10.100.0.0/16";

  static final ObjectMapper JSON =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
  // 90 s were too few for a run of reconcile, on a machine that ran all other tests beside it.
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final Set<String> ACCOUNT = Set.of("member", "stack", "in_unit");

  private final RigProcess process = new RigProcess();
  private final JsonNode description = process.description();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<List<Object>, AwsClient> clients = new ConcurrentHashMap<>();
  private final AtomicInteger services = new AtomicInteger();
  private final RigPeople people = new RigPeople(this);
  private final RigExecutions executions = new RigExecutions(this);
  private final RigEvents events = new RigEvents(this);
  private final RigSight sight = new RigSight(this);
  private final RigLab lab =
      new RigLab(this, convert(description.at("/hub/instance"), Service.Machine.class));

  RigPeople people() {
    return people;
  }

  RigExecutions executions() {
    return executions;
  }

  RigEvents events() {
    return events;
  }

  RigSight sight() {
    return sight;
  }

  RigLab lab() {
    return lab;
  }

  // People of the accounts, who do with the AWS SDK what they would do on AWS.

  Ec2Client ec2(String account) {
    return client(Ec2Client.class, Ec2Client.builder(), account, "moto", HUB_REGION);
  }

  /** In the Region of the service VPC. */
  Ec2Client ec2(Service service) {
    return client(
        Ec2Client.class, Ec2Client.builder(), service.account(), "moto", service.region());
  }

  /** Of the management account. */
  OrganizationsClient organizations() {
    return client(
        OrganizationsClient.class, OrganizationsClient.builder(), HUB_ACCOUNT, "moto", HUB_REGION);
  }

  SfnClient stepFunctions() {
    return client(SfnClient.class, SfnClient.builder(), HUB_ACCOUNT, "ministack", HUB_REGION);
  }

  SqsClient sqs() {
    return client(SqsClient.class, SqsClient.builder(), HUB_ACCOUNT, "ministack", HUB_REGION);
  }

  // Each once: what is waited for is asked for thousands of times.
  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends AwsClient>
      C client(Class<C> type, B builder, String account, String emulator, String region) {
    return type.cast(
        clients.computeIfAbsent(
            List.of(type, account, region), key -> made(builder, account, emulator, region)));
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C made(
      B builder, String account, String emulator, String region) {
    return builder
        .region(Region.of(region))
        .endpointOverride(URI.create(description.at("/endpoints/" + emulator).asText()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        // StartSyncExecution has a host of its own on AWS, sync-states.
        .overrideConfiguration(
            c ->
                c.putAdvancedOption(
                    SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, Boolean.TRUE))
        .build();
  }

  // The world.

  String hubVpc() {
    return description.at("/hub/id").asText();
  }

  List<String> hubRouteTables() {
    return JSON.convertValue(
        description.at("/hub/route_tables"), new TypeReference<List<String>>() {});
  }

  String output(String name) {
    return description.at("/outputs/" + name).asText();
  }

  /** A member of the organisation, with a VPC that nobody else uses; both older than Peerway. */
  Service service() {
    return service(Map.of());
  }

  /**
   * {@code options}: those of the rig's {@code add_service}, such as {@code cidr}. Where one says
   * how the account came to be, events tell of it.
   */
  Service service(Map<String, ?> options) {
    // Only every second /20, so that no two ever form a larger network by chance.
    int number = services.incrementAndGet();
    Map<String, Object> request = new HashMap<>();
    request.put("name", "svc" + number);
    request.put("cidr", "10.%d.%d.0/20".formatted(110 + number / 4, 64 * (number % 4)));
    request.put("heard", !Collections.disjoint(options.keySet(), ACCOUNT));
    request.putAll(options);
    return convert(ask("/services/add", request), Service.class);
  }

  /** How many routes the local AWS lets into a table. */
  void limitRoutes(int perTable) {
    ask("/limits", Map.of("routes_per_table", perTable));
  }

  /** What the rig answers on its control endpoint. */
  JsonNode ask(String path, Map<String, ?> request) {
    try {
      var response =
          http.send(
              HttpRequest.newBuilder(URI.create(description.get("control").asText() + path))
                  .header("X-Rig-Key", description.get("key").asText())
                  .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(request)))
                  .timeout(Duration.ofMinutes(5))
                  .build(),
              BodyHandlers.ofString());
      JsonNode answer = JSON.readTree(response.body());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(path + ": " + answer.path("error").asText());
      }
      return answer;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(path + ": no JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static <T> T convert(JsonNode node, Class<T> type) {
    return JSON.convertValue(node, type);
  }

  /** What a text says, which has to be JSON. */
  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks until there is an answer; fails with what it waited for. */
  static <T> T eventually(String what, Supplier<Optional<T>> answer) {
    Instant until = Instant.now().plus(PATIENCE);
    for (int asked = 0; Instant.now().isBefore(until); asked++) {
      @Nullable T found = answer.get().orElse(null);
      if (found != null) {
        return found;
      }
      pause(asked < 20 ? 100 : 250);
    }
    throw new AssertionError("waited " + PATIENCE.toSeconds() + " s in vain for " + what);
  }

  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Leaves the calls so far, to be compared with the policies of the templates, and compares what
   * people were told with the form that is promised.
   */
  @Override
  public void close() throws IOException {
    ask("/notifications/events", Map.of());
    Files.createDirectories(RigProcess.CALLS);
    Files.writeString(
        RigProcess.CALLS.resolve(ProcessHandle.current().pid() + ".json"),
        ask("/calls", Map.of()).toString());
    clients.values().forEach(AwsClient::close);
    http.close();
    process.close();
  }
}
