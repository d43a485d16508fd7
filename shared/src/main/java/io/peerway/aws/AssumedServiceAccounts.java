package io.peerway.aws;

import io.peerway.model.error.Denied;
import io.peerway.model.port.EventHistory;
import io.peerway.model.port.Network;
import io.peerway.model.port.ServiceAccounts;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Region;
import io.peerway.model.value.Subject;
import io.peerway.model.value.VpcId;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Service accounts entered through the role of their stack: one AssumeRole per account and
 * invocation, nothing kept after it.
 */
public final class AssumedServiceAccounts implements ServiceAccounts {
  private final StsClient sts;
  private final BiFunction<Region, AwsCredentialsProvider, Ec2Client> clients;
  private final BiFunction<Region, AwsCredentialsProvider, CloudTrailClient> trails;
  private final VpcId hub;
  private final String partition;
  private final String roleName;
  private final String externalId;

  /**
   * Service accounts behind one role name.
   *
   * @param clients makes the client of one session
   * @param trails makes that of its event history
   * @param hub the hub VPC
   * @param partition of the role's ARN, such as {@code aws}
   * @param externalId the shared word of the roles' trust policies
   */
  AssumedServiceAccounts(
      StsClient sts,
      BiFunction<Region, AwsCredentialsProvider, Ec2Client> clients,
      BiFunction<Region, AwsCredentialsProvider, CloudTrailClient> trails,
      VpcId hub,
      String partition,
      String roleName,
      String externalId) {
    this.sts = sts;
    this.clients = clients;
    this.trails = trails;
    this.hub = hub;
    this.partition = partition;
    this.roleName = roleName;
    this.externalId = externalId;
  }

  @Override
  public Network network(AccountId account, Region region, Subject onBehalfOf) {
    return session(account, onBehalfOf).network(region);
  }

  // A session is good for every Region, as the token comes from a Regional STS endpoint (IAM user
  // guide, "Manage AWS STS in an AWS Region").
  @Override
  public Session session(AccountId account, Subject onBehalfOf) {
    Supplier<AwsCredentialsProvider> issued = once(new Issued(account, onBehalfOf));
    return new Session() {
      @Override
      public Network network(Region region) {
        Supplier<Ec2Client> client = once(() -> clients.apply(region, issued.get()));
        return new Ec2Network(new Ec2Calls(client, account.value(), Caller.named(onBehalfOf)), hub);
      }

      @Override
      public EventHistory events(Region region) {
        return new CloudTrailHistory(
            once(() -> trails.apply(region, issued.get())), account.value(), onBehalfOf);
      }
    };
  }

  /**
   * What {@code make} gives at the first use. A no stays a no; after another failure it is asked
   * again.
   */
  static <T> Supplier<T> once(Supplier<T> make) {
    return new Supplier<>() {
      private @Nullable T made;
      private @Nullable Denied refusal;

      @Override
      public T get() {
        if (refusal != null) {
          throw refusal;
        }
        T current = made;
        if (current == null) {
          current = ask();
          made = current;
        }
        return current;
      }

      private T ask() {
        try {
          return make.get();
        } catch (Denied e) {
          refusal = e;
          throw e;
        }
      }
    };
  }

  /** The credentials of one session. */
  private final class Issued implements Supplier<AwsCredentialsProvider> {
    private final AccountId account;
    private final Subject onBehalfOf;

    Issued(AccountId account, Subject onBehalfOf) {
      this.account = account;
      this.onBehalfOf = onBehalfOf;
    }

    @Override
    public AwsCredentialsProvider get() {
      String role = "arn:" + partition + ":iam::" + account + ":role/" + roleName;
      Credentials issued = assume(role);
      return StaticCredentialsProvider.create(
          AwsSessionCredentials.create(
              issued.accessKeyId(), issued.secretAccessKey(), issued.sessionToken()));
    }

    private Credentials assume(String role) {
      try {
        return AwsErrors.call(
                onBehalfOf + ": assume " + role,
                () ->
                    sts.assumeRole(
                        r ->
                            r.roleArn(role)
                                .roleSessionName(onBehalfOf.value())
                                .externalId(externalId)
                                .durationSeconds(900)
                                .overrideConfiguration(Caller.named(onBehalfOf))))
            .credentials();
      } catch (Denied e) {
        throw new Denied(
            e.getMessage()
                + ". Deploy stacks/service-account.yaml in account "
                + account
                + " with this hub's ExternalId, then redrive.",
            e);
      }
    }
  }
}
