package io.peerway.aws;

import io.peerway.model.AccountId;
import io.peerway.model.Network;
import io.peerway.model.Region;
import io.peerway.model.ServiceAccounts;
import io.peerway.model.Subject;
import io.peerway.model.error.Denied;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Service accounts entered through the role of their stack: one AssumeRole per network and
 * invocation, nothing kept after it.
 */
public final class AssumedServiceAccounts implements ServiceAccounts {
  private final StsClient sts;
  private final BiFunction<Region, AwsCredentialsProvider, Ec2Client> clients;
  private final String partition;
  private final String roleName;
  private final String externalId;

  /**
   * Service accounts behind one role name.
   *
   * @param clients makes the client of one session
   * @param partition of the role's ARN, such as {@code aws}
   * @param externalId the shared word of the roles' trust policies
   */
  AssumedServiceAccounts(
      StsClient sts,
      BiFunction<Region, AwsCredentialsProvider, Ec2Client> clients,
      String partition,
      String roleName,
      String externalId) {
    this.sts = sts;
    this.clients = clients;
    this.partition = partition;
    this.roleName = roleName;
    this.externalId = externalId;
  }

  @Override
  public Network network(AccountId account, Region region, Subject onBehalfOf) {
    return new Ec2Network(new Session(account, region, onBehalfOf), account.value(), onBehalfOf);
  }

  /** The client of one session, made at its first use. */
  private final class Session implements Supplier<Ec2Client> {
    private final AccountId account;
    private final Region region;
    private final Subject onBehalfOf;
    private @Nullable Ec2Client client;

    Session(AccountId account, Region region, Subject onBehalfOf) {
      this.account = account;
      this.region = region;
      this.onBehalfOf = onBehalfOf;
    }

    @Override
    public Ec2Client get() {
      Ec2Client current = client;
      if (current == null) {
        current = clients.apply(region, credentials());
        client = current;
      }
      return current;
    }

    private StaticCredentialsProvider credentials() {
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
