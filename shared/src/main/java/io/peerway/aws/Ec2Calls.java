package io.peerway.aws;

import io.peerway.model.value.VpcId;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Calls of EC2 in one account and Region, each in the name of whoever it is for. */
final class Ec2Calls {
  static final int PAGE = 1000;

  private final Supplier<Ec2Client> ec2;
  private final String account;
  private final AwsRequestOverrideConfiguration caller;

  /**
   * Calls of a client that is not touched before the first of them.
   *
   * @param account names the account in messages
   */
  Ec2Calls(Supplier<Ec2Client> ec2, String account, AwsRequestOverrideConfiguration caller) {
    this.ec2 = ec2;
    this.account = account;
    this.caller = caller;
  }

  String account() {
    return account;
  }

  /** What every request says of whoever it is for. */
  AwsRequestOverrideConfiguration caller() {
    return caller;
  }

  /**
   * The answer to a request; what EC2 refuses is thrown in our own words.
   *
   * @param what the request does, in words
   */
  <T> T call(String what, Function<Ec2Client, T> request) {
    return AwsErrors.call(what + " in account " + account, () -> request.apply(ec2.get()));
  }

  /**
   * Makes a request that EC2 may refuse for a harmless reason.
   *
   * @param harmless EC2's codes of such reasons
   * @return whether it was made to an end, and not refused for one of them
   */
  boolean callUnless(Set<String> harmless, String what, Consumer<Ec2Client> request) {
    return call(
        what,
        client -> {
          try {
            request.accept(client);
            return true;
          } catch (AwsServiceException e) {
            if (harmless.contains(AwsErrors.code(e))) {
              return false;
            }
            throw e;
          }
        });
  }

  static Filter filter(String name, VpcId vpc) {
    return filter(name, List.of(vpc.value()));
  }

  static Filter filter(String name, List<String> values) {
    return Filter.builder().name(name).values(values).build();
  }

  static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
