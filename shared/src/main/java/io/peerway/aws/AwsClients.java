package io.peerway.aws;

import io.peerway.model.Environment;
import io.peerway.model.port.Doctor;
import io.peerway.model.port.EventHistory;
import io.peerway.model.port.EventQueue;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Organization;
import io.peerway.model.port.PastRuns;
import io.peerway.model.port.ServiceAccounts;
import io.peerway.model.port.VpnInstances;
import io.peerway.model.port.Workflows;
import io.peerway.model.value.Region;
import io.peerway.model.value.Subject;
import io.peerway.model.value.VpcId;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The only place where AWS clients are made. Each function asks for the ports it needs and so
 * carries no other permission.
 */
public final class AwsClients {
  // A step has a minute; one call that hangs must not use it up.
  private static final Duration ONE_ATTEMPT = Duration.ofSeconds(10);
  private static final Duration ALL_ATTEMPTS = Duration.ofSeconds(30);

  // Who has done something is worth no waiting.
  private static final Duration ONE_LOOKUP = Duration.ofSeconds(2);
  private static final Duration ALL_LOOKUPS = Duration.ofSeconds(3);

  // A try that nobody answers takes the doctor some ten seconds, and its document as long.
  private static final Duration ONE_DIAGNOSIS = Duration.ofSeconds(55);

  // Each client would otherwise keep five threads of its own for its time-outs, for ever: a warm
  // function that makes one client for every connection would run out of threads.
  private final ScheduledExecutorService timeouts =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("aws-timeouts").unstarted(task));

  private final Environment environment;

  public AwsClients(Map<String, String> environment) {
    this.environment = new Environment(environment);
  }

  /** The hub account's network, made once and used for every connection. */
  public Function<Subject, HubNetwork> hub() {
    Ec2Client client = ec2(environment.region(), DefaultCredentialsProvider.builder().build());
    VpcId hubVpc = environment.hubVpc();
    return onBehalfOf -> hub(() -> client, hubVpc, Caller.named(onBehalfOf));
  }

  /**
   * The same for a function that looks there for few of its events: making a client takes a cold
   * function longer than all else that it does to ignore one.
   */
  public Function<Subject, HubNetwork> hubOnDemand() {
    Supplier<Ec2Client> client = onDemand();
    VpcId hubVpc = environment.hubVpc();
    return onBehalfOf -> hub(client, hubVpc, Caller.named(onBehalfOf));
  }

  private static HubNetwork hub(
      Supplier<Ec2Client> client, VpcId hubVpc, AwsRequestOverrideConfiguration caller) {
    return new Ec2HubNetwork(new Ec2Calls(client, "hub", caller), hubVpc);
  }

  private Supplier<Ec2Client> onDemand() {
    return AssumedServiceAccounts.once(
        () -> ec2(environment.region(), DefaultCredentialsProvider.builder().build()));
  }

  /** What CloudTrail knows of the hub account, made once and used for every connection. */
  public Function<Subject, EventHistory> hubEvents() {
    // Where nothing is missing nobody asks.
    Supplier<CloudTrailClient> client =
        AssumedServiceAccounts.once(
            () -> cloudTrail(environment.region(), DefaultCredentialsProvider.builder().build()));
    return onBehalfOf -> new CloudTrailHistory(client, "hub", onBehalfOf);
  }

  /** The hub account's network, read for no connection in particular. */
  public HubNetwork scan() {
    return hub(onDemand(), environment.hubVpc(), Caller.named("scan"));
  }

  public ServiceAccounts serviceAccounts() {
    return new AssumedServiceAccounts(
        configured(StsClient.builder()).build(),
        this::ec2,
        this::cloudTrail,
        environment.hubVpc(),
        PartitionMetadata.of(software.amazon.awssdk.regions.Region.of(environment.region().value()))
            .id(),
        environment.required("SERVICE_ROLE_NAME"),
        environment.required("EXTERNAL_ID"));
  }

  public Organization organization() {
    return new OrganizationsRegister(configured(OrganizationsClient.builder()).build());
  }

  public VpnInstances vpnInstances() {
    return new SsmVpnInstances(
        configured(SsmClient.builder()).build(), environment.required("NAT_DOCUMENT"));
  }

  /**
   * The workflows behind these variables, each of which holds the ARN of a state machine.
   *
   * @param variables those of {@code CONNECT_ARN}, {@code DISCONNECT_ARN}, {@code
   *     LOOK_AT_ACCOUNT_ARN} and {@code RECONCILE_ARN} that the function needs; with the last one
   *     goes {@code RECONCILE_MODE}
   */
  public Workflows workflows(String... variables) {
    for (String variable : variables) {
      environment.required(variable);
    }
    return new StepFunctionsWorkflows(
        AssumedServiceAccounts.once(() -> configured(SfnClient.builder()).build()),
        new StepFunctionsWorkflows.Machines(
            text("CONNECT_ARN"),
            text("DISCONNECT_ARN"),
            text("LOOK_AT_ACCOUNT_ARN"),
            text("RECONCILE_ARN"),
            text("RECONCILE_MODE")),
        Clock.systemUTC());
  }

  /** The queue that the function's events come from. */
  public EventQueue eventQueue() {
    return new SqsEventQueue(
        AssumedServiceAccounts.once(() -> configured(SqsClient.builder()).build()),
        environment.required("EVENT_QUEUE_URL"),
        environment.required("UNDELIVERED_EVENTS_URL"));
  }

  /** What earlier executions of {@code reconcile} found. */
  public PastRuns pastRuns() {
    return new StepFunctionsPastRuns(
        configured(SfnClient.builder()).build(), environment.required("RECONCILE_ARN"));
  }

  /** The workflow that says why something cannot be reached. */
  public Doctor doctor() {
    String machine = environment.required("DIAGNOSE_ARN");
    return new StepFunctionsDoctor(
        AssumedServiceAccounts.once(
            () ->
                configured(SfnClient.builder())
                    .httpClientBuilder(
                        UrlConnectionHttpClient.builder().socketTimeout(ONE_DIAGNOSIS))
                    .overrideConfiguration(this::forOneDiagnosis)
                    .build()),
        machine);
  }

  // It is not asked a second time: the answer takes as long again. Its host has a prefix ("sync-")
  // that an endpoint of somebody's own does not have.
  private void forOneDiagnosis(ClientOverrideConfiguration.Builder c) {
    c.scheduledExecutorService(timeouts)
        .apiCallAttemptTimeout(ONE_DIAGNOSIS)
        .apiCallTimeout(ONE_DIAGNOSIS)
        .retryStrategy(AwsRetryStrategy.doNotRetry());
    if (!text("AWS_ENDPOINT_URL").isEmpty() || !text("AWS_ENDPOINT_URL_SFN").isEmpty()) {
      c.putAdvancedOption(SdkAdvancedClientOption.DISABLE_HOST_PREFIX_INJECTION, true);
    }
  }

  private CloudTrailClient cloudTrail(Region region, AwsCredentialsProvider credentials) {
    return settled(CloudTrailClient.builder(), ONE_LOOKUP, ALL_LOOKUPS)
        .region(software.amazon.awssdk.regions.Region.of(region.value()))
        .credentialsProvider(credentials)
        .build();
  }

  private Ec2Client ec2(Region region, AwsCredentialsProvider credentials) {
    return settled(Ec2Client.builder())
        .region(software.amazon.awssdk.regions.Region.of(region.value()))
        .credentialsProvider(credentials)
        .build();
  }

  private <
          B extends
              AwsClientBuilder<B, ?>
                  & software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder<B, ?>>
      B configured(B builder) {
    return settled(builder)
        .region(software.amazon.awssdk.regions.Region.of(environment.region().value()));
  }

  private <
          B extends
              AwsClientBuilder<B, ?>
                  & software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder<B, ?>>
      B settled(B builder) {
    return settled(builder, ONE_ATTEMPT, ALL_ATTEMPTS);
  }

  private <
          B extends
              AwsClientBuilder<B, ?>
                  & software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder<B, ?>>
      B settled(B builder, Duration oneAttempt, Duration allAttempts) {
    return builder
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(
            c ->
                c.scheduledExecutorService(timeouts)
                    .apiCallAttemptTimeout(oneAttempt)
                    .apiCallTimeout(allAttempts)
                    .retryStrategy(RetryMode.STANDARD));
  }

  private String text(String variable) {
    return environment.optional(variable, Function.identity(), "");
  }
}
