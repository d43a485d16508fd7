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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The running rig: the local AWS with the deployed hub, and the packet lab. */
final class Rig implements AutoCloseable {
  static final String HUB_ACCOUNT = "123456789012";
  private static final String CONNECT = "peerway:connect";
  static final String HUB_REGION = "eu-west-1";
  static final String OTHER_REGION = "eu-central-1";
  static final String HUB_CIDR = "10.100.0.0/16";

  private static final ObjectMapper JSON =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final RigProcess process = new RigProcess();
  private final JsonNode description = process.description();
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger services = new AtomicInteger();
  private Service.Machine vpn = convert(description.at("/hub/instance"), Service.Machine.class);

  // People of the accounts, who do with the AWS SDK what they would do on AWS.

  Ec2Client ec2(String account) {
    return client(Ec2Client.builder(), account, "moto", HUB_REGION);
  }

  /** In the Region of the service VPC. */
  Ec2Client ec2(Service service) {
    return client(Ec2Client.builder(), service.account(), "moto", service.region());
  }

  /** Of the management account. */
  OrganizationsClient organizations() {
    return client(OrganizationsClient.builder(), HUB_ACCOUNT, "moto", HUB_REGION);
  }

  SfnClient stepFunctions() {
    return client(SfnClient.builder(), HUB_ACCOUNT, "ministack", HUB_REGION);
  }

  SqsClient sqs() {
    return client(SqsClient.builder(), HUB_ACCOUNT, "ministack", HUB_REGION);
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, String account, String emulator, String region) {
    return builder
        .region(Region.of(region))
        .endpointOverride(URI.create(description.at("/endpoints/" + emulator).asText()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
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

  /** The first VPN instance, which the company is connected to whenever it runs. */
  String vpnInstance() {
    return vpn.id();
  }

  String vpnAddress() {
    return vpn.ip();
  }

  // What people, a maintenance window or an Auto Scaling group do to VPN instances. Each returns
  // when the company is connected again to one that runs.

  /** The first one starts again, with its disk and without what was in its memory. */
  void rebootVpn() {
    ask("/vpn/reboot", Map.of());
  }

  void stopVpn() {
    ask("/vpn/stop", Map.of());
  }

  /** Stops one that {@link #addVpn} made. */
  void stopVpn(Service.Machine added) {
    ask("/vpn/stop", Map.of("instance", added.id()));
  }

  void startVpn() {
    ask("/vpn/start", Map.of());
  }

  /** The first one is terminated; another, with nothing on it and another address, is the first. */
  void replaceVpn() {
    vpn = convert(ask("/vpn/replace", Map.of()), Service.Machine.class);
  }

  /** One more, at an address of its own. The company uses it while the first does not run. */
  Service.Machine addVpn() {
    return convert(ask("/vpn/add", Map.of()), Service.Machine.class);
  }

  /** Takes away one that {@link #addVpn} made. */
  void removeVpn(Service.Machine added) {
    ask("/vpn/remove", Map.of("instance", added.id()));
  }

  /** Somebody switches a Region off for the account of a service. */
  void disableRegion(Service service, String region) {
    ask("/regions/disable", Map.of("account", service.account(), "region", region));
  }

  String output(String name) {
    return description.at("/outputs/" + name).asText();
  }

  /** A member of the organisation with a VPC that nobody else uses. */
  Service service() {
    return service(Map.of());
  }

  /** {@code options}: those of the rig's {@code add_service}, such as {@code cidr}. */
  Service service(Map<String, ?> options) {
    // Only every second /20, so that no two ever form a larger network by chance.
    int number = services.incrementAndGet();
    Map<String, Object> request = new HashMap<>();
    request.put("name", "svc" + number);
    request.put("cidr", "10.%d.%d.0/20".formatted(110 + number / 4, 64 * (number % 4)));
    request.putAll(options);
    Service service = JSON.convertValue(ask("/services/add", request), Service.class);
    // What follows from the account's own events (created, moved) shall not meet what the scenario
    // does next: a look at the account would find its request as well.
    if (Collections.disjoint(request.keySet(), Set.of("account", "member", "stack", "in_unit"))) {
      quiet(service, 2);
    }
    return service;
  }

  /** Asks for a connection, as the service account's people would. Returns the peering id. */
  String request(Service service) {
    return ec2(service)
        .createVpcPeeringConnection(
            r ->
                r.vpcId(service.id())
                    .peerVpcId(hubVpc())
                    .peerOwnerId(HUB_ACCOUNT)
                    .peerRegion(HUB_REGION))
        .vpcPeeringConnection()
        .vpcPeeringConnectionId();
  }

  /** The other way round: somebody of the hub asks. */
  String requestByHub(Service service) {
    return ec2(HUB_ACCOUNT)
        .createVpcPeeringConnection(
            r ->
                r.vpcId(hubVpc())
                    .peerVpcId(service.id())
                    .peerOwnerId(service.account())
                    .peerRegion(service.region()))
        .vpcPeeringConnection()
        .vpcPeeringConnectionId();
  }

  /** All that its people do to be connected. */
  void tag(Service service) {
    ec2(service)
        .createTags(
            r -> r.resources(service.id()).tags(Tag.builder().key(CONNECT).value("true").build()));
  }

  /** All that they do to be connected no longer. */
  void untag(Service service) {
    ec2(service)
        .deleteTags(r -> r.resources(service.id()).tags(Tag.builder().key(CONNECT).build()));
  }

  /** Somebody of the hub decides against a peering connection, pending or accepted. */
  void refuse(String peering) {
    ec2(HUB_ACCOUNT)
        .createTags(
            r ->
                r.resources(peering)
                    .tags(Tag.builder().key("peerway:decision").value("refuse").build()));
  }

  /** Tags the VPC, and waits until it is connected. Returns the peering id. */
  String connectByTag(Service service) {
    tag(service);
    return connectedByItself(service);
  }

  /** Waits for the request that nobody but Peerway makes, and the end of its execution. */
  String connectedByItself(Service service) {
    return connectedByItself(service.id());
  }

  String connectedByItself(String vpc) {
    String peering =
        eventually("a request of Peerway for " + vpc, () -> peeringsOf(vpc).stream().findFirst());
    Execution execution = execution(peering);
    if (!execution.status().equals("SUCCEEDED")) {
      throw new AssertionError(execution.toString());
    }
    return peering;
  }

  /** Somebody deletes the role that the hub assumes there. */
  void unequip(Service service) {
    ask("/accounts/unequip", Map.of("account", service.account()));
  }

  /** The StackSet reaches the account. */
  void equip(Service service) {
    ask("/accounts/equip", Map.of("account", service.account()));
  }

  // Executions.

  /** Asks, and waits for the execution that follows. */
  Execution connect(Service service) {
    return execution(request(service));
  }

  /** The end of the only execution that works on this peering connection. */
  Execution execution(String peering) {
    return ended(
        eventually(
            "an execution for " + peering, () -> executionArns(peering).stream().findFirst()));
  }

  /** Of all executions of connect for this peering connection. */
  List<String> executionArns(String peering) {
    return executionArns("ConnectStateMachineArn", peering);
  }

  /** The end of the only execution of disconnect for this peering connection. */
  Execution disconnection(String peering) {
    return lastOf("DisconnectStateMachineArn", peering, 1);
  }

  /** The end of the newest execution for this subject, once there are so many. */
  Execution lastOf(String machine, String subject, int executions) {
    return ended(
        eventually(
            executions + " executions for " + subject,
            () ->
                Optional.of(executionArns(machine, subject))
                    .filter(arns -> arns.size() >= executions)
                    .map(List::getFirst)));
  }

  /** Events that no function has gone on an errand for yet, or that wait for a later one. */
  int eventsWaiting() {
    return ask("/events/waiting", Map.of()).asInt();
  }

  /** Waits until everything that looks at this account has seen enough of it. */
  void quiet(Service service) {
    quiet(service, 1);
  }

  private void quiet(Service service, int looks) {
    ask("/settle", Map.of());
    eventually(
        "the end of what looks at account " + service.account(),
        () -> {
          List<String> arns = executionArns("OnboardAccountStateMachineArn", service.account());
          return arns.size() < looks
                  || eventsWaiting() > 0
                  || arns.stream()
                      .anyMatch(
                          arn ->
                              stepFunctions()
                                  .describeExecution(r -> r.executionArn(arn))
                                  .statusAsString()
                                  .equals("RUNNING"))
              ? Optional.empty()
              : Optional.of(true);
        });
  }

  /** Of all executions of this machine for this subject, the newest first. */
  List<String> executionArns(String machine, String subject) {
    return stepFunctions()
        .listExecutions(r -> r.stateMachineArn(output(machine)))
        .executions()
        .stream()
        .filter(e -> e.name().startsWith(subject))
        .map(e -> e.executionArn())
        .toList();
  }

  private static final List<String> MACHINES =
      List.of(
          "ConnectStateMachineArn", "DisconnectStateMachineArn", "OnboardAccountStateMachineArn");

  /** How many executions there have been, of all workflows. */
  int executionsEver() {
    return MACHINES.stream().mapToInt(machine -> executionArns(machine, "").size()).sum();
  }

  boolean nothingRuns() {
    return MACHINES.stream()
        .allMatch(
            machine ->
                stepFunctions()
                    .listExecutions(r -> r.stateMachineArn(output(machine)).statusFilter("RUNNING"))
                    .executions()
                    .isEmpty());
  }

  /** The scan that looks every ten minutes for requests that nobody forwarded. */
  void scan() {
    ask("/scan", Map.of());
  }

  /** Starts {@code connect} once more, as an operator would. */
  Execution startAgain(String peering) {
    return startAgain("ConnectStateMachineArn", peering);
  }

  /** Starts a workflow for a peering connection once more. */
  Execution startAgain(String machine, String peering) {
    return start(machine, peering, Map.of("peeringId", peering, "region", HUB_REGION));
  }

  /** Runs a workflow to its end, started by hand. */
  Execution start(String machine, String subject, Map<String, ?> input) {
    return ended(started(machine, subject + "-again", input));
  }

  private String started(String machine, String name, Map<String, ?> input) {
    try {
      return stepFunctions()
          .startExecution(
              StartExecutionRequest.builder()
                  .stateMachineArn(output(machine))
                  .name(name + "-" + System.nanoTime())
                  .input(JSON.writeValueAsString(input))
                  .build())
          .executionArn();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs {@code reconcile} to its end.
   *
   * @param output what it answers; nothing where it failed
   */
  record Reconciled(Execution execution, JsonNode output) {
    List<String> lines(String list) {
      return output.path(list).valueStream().map(JsonNode::asText).toList();
    }
  }

  Reconciled reconcile(Map<String, ?> input) {
    String arn = started("ReconcileStateMachineArn", "reconcile", input);
    try {
      Execution execution = ended(arn);
      @Nullable String output =
          stepFunctions().describeExecution(r -> r.executionArn(arn)).output();
      return new Reconciled(execution, JSON.readTree(output == null ? "" : output));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until every {@code reconcile} that an event of the hub has started is done. */
  void reconciled() {
    ask("/settle", Map.of());
    eventually(
        "the end of reconcile",
        () ->
            eventsWaiting() == 0
                    && stepFunctions()
                        .listExecutions(
                            r ->
                                r.stateMachineArn(output("ReconcileStateMachineArn"))
                                    .statusFilter("RUNNING"))
                        .executions()
                        .isEmpty()
                ? Optional.of(true)
                : Optional.empty());
  }

  /** What is done while no event tells of it. */
  void unseen(Runnable deed) {
    ask("/settle", Map.of());
    ask("/events/lose", Map.of("lost", true));
    try {
      deed.run();
      ask("/settle", Map.of());
    } finally {
      ask("/events/lose", Map.of("lost", false));
    }
  }

  /** What the console's Redrive does. */
  Execution redrive(Execution failed) {
    return ended(ask("/redrive", Map.of("execution", failed.arn())).asText());
  }

  /** How an execution has ended, once it has. */
  Execution ended(String arn) {
    return eventually(
        "the end of " + arn,
        () -> {
          var now = stepFunctions().describeExecution(r -> r.executionArn(arn));
          return now.statusAsString().equals("RUNNING")
              ? Optional.empty()
              : Optional.of(new Execution(arn, now.statusAsString(), now.error(), now.cause()));
        });
  }

  /** Everything that people were told about a peering connection. */
  List<String> told(String peering) {
    return JSON
        .convertValue(ask("/notifications", Map.of()), new TypeReference<List<JsonNode>>() {})
        .stream()
        .map(letter -> letter.path("subject").asText() + "\n" + letter.path("message").asText())
        .filter(text -> text.contains(peering))
        .toList();
  }

  // The network as it is.

  /** As {@code route table -> destination}, every route whose target is this peering connection. */
  List<String> routesTo(String peering) {
    return ask("/snapshot", Map.of())
        .get("routeTables")
        .valueStream()
        .flatMap(
            table ->
                table
                    .get("routes")
                    .valueStream()
                    .filter(route -> peering.equals(route.path("target").asText()))
                    .map(
                        route ->
                            table.get("id").asText() + " -> " + route.get("destination").asText()))
        .toList();
  }

  /** Of the fullest route table, the local route aside. */
  int mostRoutes() {
    return ask("/snapshot", Map.of())
        .get("routeTables")
        .valueStream()
        .mapToInt(
            table ->
                (int)
                    table
                        .get("routes")
                        .valueStream()
                        .filter(route -> !route.path("target").asText().equals("local"))
                        .count())
        .max()
        .orElse(0);
  }

  /** Every rule that lets the VPN instance in, in whatever group of the service VPC. */
  List<String> openingsIn(Service service) {
    return openingsIn(service, vpnAddress());
  }

  /** Those that let this address in. */
  List<String> openingsIn(Service service, String address) {
    return ask("/snapshot", Map.of())
        .get("securityGroups")
        .valueStream()
        .filter(group -> group.get("vpc").asText().equals(service.id()))
        .flatMap(
            group ->
                group
                    .get("ingress")
                    .valueStream()
                    .filter(rule -> rule.toString().contains(address + "/32"))
                    .map(rule -> group.get("name").asText() + ": " + rule))
        .toList();
  }

  /** The names of all security groups of the service VPC. */
  List<String> groupsIn(Service service) {
    return ask("/snapshot", Map.of())
        .get("securityGroups")
        .valueStream()
        .filter(group -> group.get("vpc").asText().equals(service.id()))
        .map(group -> group.get("name").asText())
        .toList();
  }

  /** Live peering connections of a service VPC. */
  List<String> peeringsOf(Service service) {
    return peeringsOf(service.id());
  }

  List<String> peeringsOf(String vpc) {
    return ask("/snapshot", Map.of())
        .get("peerings")
        .valueStream()
        .filter(p -> p.toString().contains(vpc))
        .filter(p -> List.of("pending-acceptance", "active").contains(p.get("status").asText()))
        .map(p -> p.get("id").asText())
        .toList();
  }

  String peeringStatus(String peering) {
    return ask("/snapshot", Map.of())
        .get("peerings")
        .valueStream()
        .filter(p -> p.get("id").asText().equals(peering))
        .map(p -> p.get("status").asText())
        .findFirst()
        .orElse("gone");
  }

  /** The CIDRs that Peerway has admitted for it and noted, once it has. */
  Optional<String> claim(String peering) {
    return ec2(HUB_ACCOUNT)
        .describeVpcPeeringConnections(r -> r.vpcPeeringConnectionIds(peering))
        .vpcPeeringConnections()
        .stream()
        .flatMap(seen -> seen.tags().stream())
        .filter(tag -> tag.key().equals("peerway:cidrs"))
        .map(Tag::value)
        .findFirst();
  }

  /** The destinations that the VPN instance translates, as its kernel has them. */
  String natServices() {
    return natServices(vpnInstance());
  }

  String natServices(String instance) {
    return onMachine(instance, "nft", "list", "set", "ip", "peerway", "services").stdout();
  }

  // Packets.

  /** How a program on a machine of the lab ended. */
  record Completed(int exit, String stdout, String stderr) {}

  /** A real ssh session from the company host, through the tunnel. */
  Completed ssh(Service service, String command) {
    return ssh(service, command, 2);
  }

  /** The same, with these seconds to connect, and about as many to run. */
  Completed ssh(Service service, String command, int seconds) {
    return convert(
        ask(
            "/ssh",
            Map.of("to", service.instance().ip(), "command", command, "connectTimeout", seconds)),
        Completed.class);
  }

  Completed onMachine(String host, String... argv) {
    return convert(ask("/exec", Map.of("host", host, "argv", argv)), Completed.class);
  }

  // The call log, faults, limits.

  int lastCall() {
    List<Call> calls = callsSince(0);
    return calls.isEmpty() ? 0 : calls.getLast().seq();
  }

  List<Call> callsSince(int seq) {
    return JSON.convertValue(
        ask("/calls", Map.of("since", seq)), new TypeReference<List<Call>>() {});
  }

  /** Calls that changed something for this connection. */
  List<Call> changes(String peering) {
    return callsSince(0).stream()
        .filter(call -> call.mutating() && call.effect() && peering.equals(call.connection()))
        .toList();
  }

  void emit(Map<String, ?> event) {
    ask("/events/emit", Map.of("event", event));
  }

  /** The message in which this event waits, because a function could not read it. */
  String inDeadLetterQueue(Map<String, ?> event) {
    String id = String.valueOf(event.get("id"));
    String queue = output("UndeliveredEventsUrl");
    try (SqsClient sqs = sqs()) {
      return eventually(
          "event " + id + " in the dead-letter queue",
          () ->
              sqs
                  .receiveMessage(
                      r -> r.queueUrl(queue).maxNumberOfMessages(10).visibilityTimeout(0))
                  .messages()
                  .stream()
                  .map(Message::body)
                  .filter(body -> body.contains(id))
                  .findFirst());
    }
  }

  void limitRoutes(int perTable) {
    ask("/limits", Map.of("routes_per_table", perTable));
  }

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

  private static <T> T convert(JsonNode node, Class<T> type) {
    return JSON.convertValue(node, type);
  }

  /** Asks until there is an answer; fails with what it waited for. */
  static <T> T eventually(String what, Supplier<Optional<T>> answer) {
    Instant until = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(until)) {
      @Nullable T found = answer.get().orElse(null);
      if (found != null) {
        return found;
      }
      pause();
    }
    throw new AssertionError("waited " + PATIENCE.toSeconds() + " s in vain for " + what);
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Compares the calls so far with the policies of the templates. */
  @Override
  public void close() throws IOException {
    Files.createDirectories(RigProcess.CALLS);
    Files.writeString(
        RigProcess.CALLS.resolve(ProcessHandle.current().pid() + ".json"),
        ask("/calls", Map.of()).toString());
    http.close();
    process.close();
  }
}
