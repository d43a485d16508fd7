package io.peerway.functions;

import io.peerway.aws.AwsClients;
import io.peerway.model.Membership;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Organization;
import io.peerway.model.port.ServiceAccounts;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Subject;
import io.peerway.plan.Settings;
import java.util.Map;
import java.util.function.Function;

/**
 * Where a step reads that judges a service account and its connections: the settings, both sides'
 * networks, and who belongs to the organisation.
 */
public record Sources(
    Settings settings,
    Function<Subject, HubNetwork> hub,
    ServiceAccounts services,
    Organization organization) {

  /** Those that the function's environment names. */
  public static Sources of(Map<String, String> environment) {
    return of(Settings.of(environment), new AwsClients(environment));
  }

  /** For a step that needs more of AWS than these. */
  public static Sources of(Settings settings, AwsClients aws) {
    return new Sources(settings, aws.hub(), aws.serviceAccounts(), aws.organization());
  }

  /** Whether the account belongs here, with its units only where units are asked for. */
  public Membership membership(AccountId account, Subject onBehalfOf) {
    return organization.membership(account, !settings.allowedUnits().isEmpty(), onBehalfOf);
  }
}
