package io.peerway.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.peerway.aws.AwsClients;
import io.peerway.model.AccountLook;
import io.peerway.model.Membership;
import io.peerway.model.NatSet;
import io.peerway.model.SentCommand;
import io.peerway.model.error.Denied;
import io.peerway.model.error.NotYetVisible;
import io.peerway.model.error.RefusedByAws;
import io.peerway.model.error.RouteTableFull;
import io.peerway.model.error.Throttled;
import io.peerway.model.error.Unavailable;
import io.peerway.model.network.Change;
import io.peerway.model.network.Ingress;
import io.peerway.model.network.Peering;
import io.peerway.model.network.VpcSide;
import io.peerway.model.port.Doctor;
import io.peerway.model.port.HubNetwork;
import io.peerway.model.port.Network;
import io.peerway.model.port.PastRun;
import io.peerway.model.port.PastRuns;
import io.peerway.model.value.AccountId;
import io.peerway.model.value.Cidr;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Port;
import io.peerway.model.value.PrefixListId;
import io.peerway.model.value.Region;
import io.peerway.model.value.RouteTableId;
import io.peerway.model.value.SecurityGroupId;
import io.peerway.model.value.VpcId;
import io.peerway.testing.CannedAws;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The shipped AWS clients hold only the operations that we call (functions/src/build). Here each of
 * them is called once and its errors are read, on the very jars that are packed.
 */
class ShippedAwsClientsTest {
  private static final String PACKAGE = "software.amazon.awssdk.services.";
  private static final List<String> CLIENTS =
      List.of(
          "cloudtrail.CloudTrailClient",
          "ec2.Ec2Client",
          "organizations.OrganizationsClient",
          "sfn.SfnClient",
          "sqs.SqsClient",
          "ssm.SsmClient",
          "sts.StsClient");
  private static final Map<String, String> PROPERTIES =
      Map.of("aws.accessKeyId", "AKIDEXAMPLE", "aws.secretAccessKey", "secret");

  private static final PeeringId PEERING = new PeeringId("pcx-0123456789abcdef0");
  private static final VpcId VPC = new VpcId("vpc-0123456789abcdef0");
  private static final SecurityGroupId GROUP = new SecurityGroupId("sg-00000001");
  private static final AccountId SERVICE = new AccountId("210987654321");
  private static final Cidr CIDR = new Cidr("10.110.0.0/16");
  private static final VpcSide HUB =
      new VpcSide(
          new AccountId("123456789012"),
          new Region("eu-west-1"),
          new VpcId("vpc-0fedcba9876543210"),
          List.of());
  private static final List<Ingress> SSH =
      List.of(new Ingress(Port.parse("tcp/22"), new Cidr("10.0.0.4/32")));
  private static final String SUCCESS = "<Response><return>true</return></Response>";

  private CannedAws aws;
  private AwsClients clients;

  @BeforeEach
  void start() throws IOException {
    aws = new CannedAws();
    PROPERTIES.forEach(System::setProperty);
    System.setProperty("aws.endpointUrl", aws.endpoint());
    clients =
        new AwsClients(
            Map.ofEntries(
                Map.entry("AWS_REGION", "eu-west-1"),
                Map.entry("HUB_VPC_ID", "vpc-0aaaaaaaaaaaaaaaa"),
                Map.entry("SERVICE_ROLE_NAME", "peerway-service"),
                Map.entry("EXTERNAL_ID", "shared-word"),
                Map.entry("NAT_DOCUMENT", "Peerway-Nat"),
                Map.entry(
                    "RECONCILE_ARN",
                    "arn:aws:states:eu-west-1:123456789012:stateMachine:reconcile"),
                Map.entry(
                    "CONNECT_ARN", "arn:aws:states:eu-west-1:123456789012:stateMachine:connect"),
                Map.entry(
                    "DIAGNOSE_ARN", "arn:aws:states:eu-west-1:123456789012:stateMachine:diagnose"),
                // Where it is asked, the prefix of a host is left out.
                Map.entry("AWS_ENDPOINT_URL", aws.endpoint()),
                Map.entry("EVENT_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/1/events"),
                Map.entry(
                    "UNDELIVERED_EVENTS_URL",
                    "https://sqs.eu-west-1.amazonaws.com/1/undelivered")));
  }

  @AfterEach
  void stop() {
    aws.close();
    PROPERTIES.keySet().forEach(System::clearProperty);
    System.clearProperty("aws.endpointUrl");
  }

  @Test
  void every_shipped_operation_works() {
    readsTheNetwork(clients.hub().apply(PEERING));
    writesTheNetwork(clients.hub().apply(PEERING));
    looksEventsUp();
    entersAServiceAccount();
    looksAnAccountUp();
    runsACommand();
    startsAWorkflow();
    asksTheDoctor();
    putsAMessageBack();

    assertThat(aws.asked())
        .as("operations called here; one that the functions call newly belongs here too")
        .isEqualTo(shippedOperations());
  }

  private void readsTheNetwork(HubNetwork hub) {
    aws.answers("DescribeVpcPeeringConnections", peerings("pcx-00000001", "second page"));
    aws.answers("DescribeVpcPeeringConnections", peerings("pcx-00000002", ""));
    assertThat(hub.livePeerings().items())
        .extracting(Peering::id)
        .containsExactly(new PeeringId("pcx-00000001"), new PeeringId("pcx-00000002"));

    aws.answers("DescribeVpcPeeringConnections", peerings(PEERING.value(), ""));
    assertThat(hub.peering(PEERING)).get().extracting(p -> p.tags()).isEqualTo(Map.of("a", "b"));

    aws.answers(
        "DescribeVpcs",
        listing(
            "vpcSet",
            """
            <vpcId>%s</vpcId><ownerId>%s</ownerId><cidrBlock>10.110.0.0/16</cidrBlock>
            <cidrBlockAssociationSet><item><cidrBlock>10.111.0.0/16</cidrBlock>
            <cidrBlockState><state>associated</state></cidrBlockState></item></cidrBlockAssociationSet>
            """
                .formatted(VPC, SERVICE),
            ""));
    assertThat(hub.vpc(VPC)).get().extracting(vpc -> vpc.cidrs().size()).isEqualTo(2);
    String vpc =
        "<vpcId>%s</vpcId><ownerId>%s</ownerId><cidrBlock>10.110.0.0/16</cidrBlock>"
            .formatted(VPC, SERVICE);
    aws.answers("DescribeVpcs", listing("vpcSet", vpc, "second page"));
    aws.answers("DescribeVpcs", listing("vpcSet", vpc, ""));
    assertThat(hub.vpcs().items()).hasSize(2);

    String table =
        "<routeTableId>rtb-00000001</routeTableId><vpcId>"
            + VPC
            + "</vpcId><routeSet><item><destinationCidrBlock>10.0.0.0/16</destinationCidrBlock>"
            + "<gatewayId>local</gatewayId><state>active</state></item></routeSet>";
    aws.answers("DescribeRouteTables", listing("routeTableSet", table, "second page"));
    aws.answers("DescribeRouteTables", listing("routeTableSet", table, ""));
    assertThat(hub.routeTables(VPC).items())
        .hasSize(2)
        .allSatisfy(seen -> assertThat(seen.routes()).hasSize(1));

    String group =
        "<groupId>sg-00000001</groupId><groupName>ours</groupName><vpcId>"
            + VPC
            + "</vpcId><ipPermissions><item>"
            + "<ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort>"
            + "<ipRanges><item><cidrIp>10.0.0.4/32</cidrIp></item></ipRanges></item></ipPermissions>";
    aws.answers("DescribeSecurityGroups", listing("securityGroupInfo", group, "second page"));
    aws.answers("DescribeSecurityGroups", listing("securityGroupInfo", group, ""));
    assertThat(hub.securityGroups(VPC).items())
        .hasSize(2)
        .allSatisfy(seen -> assertThat(seen.ingress()).isEqualTo(SSH));

    String acl =
        "<networkAclId>acl-00000001</networkAclId><vpcId>"
            + VPC
            + "</vpcId><associationSet><item><subnetId>subnet-00000001</subnetId></item></associationSet>"
            + "<entrySet><item><ruleNumber>100</ruleNumber><protocol>6</protocol><ruleAction>allow</ruleAction>"
            + "<egress>false</egress><cidrBlock>10.0.0.0/8</cidrBlock>"
            + "<portRange><from>22</from><to>22</to></portRange></item></entrySet>";
    aws.answers("DescribeNetworkAcls", listing("networkAclSet", acl, "second page"));
    aws.answers("DescribeNetworkAcls", listing("networkAclSet", acl, ""));
    assertThat(hub.networkAclsOf(Set.of(VPC)).get(VPC).items())
        .hasSize(2)
        .allSatisfy(seen -> assertThat(seen.rules()).hasSize(1));
    String entry = "<cidr>10.1.0.0/16</cidr>";
    aws.answers("GetManagedPrefixListEntries", listing("entrySet", entry, "second page"));
    aws.answers("GetManagedPrefixListEntries", listing("entrySet", entry, ""));
    assertThat(hub.prefixList(new PrefixListId("pl-00000001"))).hasSize(2);

    String reservation =
        "<instancesSet><item><instanceId>i-00000001</instanceId><privateIpAddress>10.0.0.4</privateIpAddress>"
            + "<instanceState><name>running</name></instanceState></item></instancesSet>";
    aws.answers("DescribeInstances", listing("reservationSet", reservation, "second page"));
    aws.answers("DescribeInstances", listing("reservationSet", reservation, ""));
    assertThat(hub.vpnInstances(VPC)).hasSize(2);

    aws.answers(
        "DescribeNetworkInterfaces",
        listing("networkInterfaceSet", "<networkInterfaceId>eni-1</networkInterfaceId>", ""));
    assertThat(hub.hasInterfaces(VPC)).isTrue();
  }

  private void writesTheNetwork(HubNetwork hub) {
    aws.answers("AcceptVpcPeeringConnection", SUCCESS);
    hub.ensureAccepted(PEERING);
    aws.answers("RejectVpcPeeringConnection", SUCCESS);
    hub.ensureRejected(PEERING);
    aws.answers("CreateTags", SUCCESS);
    hub.ensureTagged(PEERING, Map.of("peerway:by", "tag"));
    aws.answers("CreateTags", SUCCESS);
    hub.ensureWithdrawn(PEERING);
    aws.answers("DeleteTags", SUCCESS);
    hub.ensureClosed(PEERING);
    aws.answers("DeleteVpcPeeringConnection", SUCCESS);
    hub.ensureDeleted(PEERING);
    aws.answers(
        "CreateVpcPeeringConnection",
        "<Response><vpcPeeringConnection><vpcPeeringConnectionId>%s</vpcPeeringConnectionId></vpcPeeringConnection></Response>"
            .formatted(PEERING));
    assertThat(hub.ensureRequested(VPC, HUB)).isEqualTo(PEERING);
    aws.answers("CreateRoute", SUCCESS);
    hub.apply(new Change.AddRoute(new RouteTableId("rtb-00000001"), CIDR, PEERING));
    aws.answers("CreateSecurityGroup", "<Response><groupId>sg-00000001</groupId></Response>");
    aws.answers("AuthorizeSecurityGroupIngress", SUCCESS);
    hub.apply(new Change.CreateVpnGroup(VPC, VPC, SSH));
    aws.answers("DeleteRoute", SUCCESS);
    hub.apply(new Change.RemoveRoute(new RouteTableId("rtb-00000001"), CIDR, PEERING));
    aws.answers("RevokeSecurityGroupIngress", SUCCESS);
    hub.apply(new Change.RevokeIngress(GROUP, SSH));
    aws.answers("DeleteSecurityGroup", SUCCESS);
    hub.apply(new Change.DeleteVpnGroup(GROUP));
  }

  private void looksEventsUp() {
    aws.answers(
        "LookupEvents",
        "{\"Events\":[{\"EventName\":\"DeleteRoute\",\"CloudTrailEvent\":\"{}\"}],\"NextToken\":\"more\"}");
    assertThat(clients.hubEvents().apply(PEERING).about("rtb-00000001")).containsExactly("{}");
  }

  private void entersAServiceAccount() {
    aws.answers(
        "AssumeRole",
        """
        <AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAEXAMPLE</AccessKeyId>
        <SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
        <Expiration>2026-11-23T12:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>
        """);
    aws.answers("DescribeVpcs", "<Response><vpcSet/></Response>");
    assertThat(service().vpc(VPC)).isEmpty();
  }

  private void looksAnAccountUp() {
    aws.answers(
        "DescribeAccount",
        """
        {"Account":{"Id":"%s","Arn":"arn:aws:organizations::999999999999:account/o-0123456789/%s",
        "Status":"ACTIVE","JoinedTimestamp":1.7E9}}
        """
            .formatted(SERVICE, SERVICE));
    aws.answers("ListParents", "{\"Parents\":[{\"Id\":\"ou-0000-00000001\"}]}");
    aws.answers("ListParents", "{\"Parents\":[{\"Id\":\"r-0000\"}]}");
    assertThat(clients.organization().membership(SERVICE, true, PEERING))
        .isEqualTo(
            new Membership.Member("o-0123456789", true, List.of("ou-0000-00000001", "r-0000")));
    String page = "{\"Accounts\":[{\"Id\":\"%s\",\"Status\":\"ACTIVE\"}]%s}";
    aws.answers("ListAccounts", page.formatted(SERVICE, ",\"NextToken\":\"second page\""));
    aws.answers("ListAccounts", page.formatted(SERVICE, ""));
    assertThat(clients.organization().activeAccounts(PEERING).items())
        .containsExactly(SERVICE, SERVICE);
  }

  private void runsACommand() {
    aws.answers("SendCommand", "{\"Command\":{\"CommandId\":\"c-1\"}}");
    assertThat(clients.vpnInstances().send(new NatSet(List.of(CIDR), List.of(), 1), PEERING))
        .isEqualTo("c-1");

    String page =
        """
        {"CommandInvocations":[{"InstanceId":"i-00000001","Status":"Success",
        "CommandPlugins":[{"Output":"{}"}]}]%s}
        """;
    aws.answers("ListCommandInvocations", page.formatted(",\"NextToken\":\"second page\""));
    aws.answers("ListCommandInvocations", page.formatted(""));
    SentCommand.Answer answer = new SentCommand.Answer("i-00000001", "Success", "{}");
    assertThat(clients.vpnInstances().answers("c-1", PEERING))
        .isEqualTo(new SentCommand("c-1", List.of(answer, answer)));
  }

  private void asksTheDoctor() {
    aws.answers(
        "StartSyncExecution",
        "{\"executionArn\":\"a\",\"status\":\"SUCCEEDED\",\"output\":\"{}\"}");
    assertThat(clients.doctor().answer("{}")).isEqualTo(new Doctor.Answered("{}"));
    aws.answers(
        "StartSyncExecution",
        "{\"executionArn\":\"a\",\"status\":\"FAILED\",\"error\":\"E\",\"cause\":\"c\"}");
    assertThat(clients.doctor().answer("{}")).isEqualTo(new Doctor.Failed("E", "c"));
  }

  private void startsAWorkflow() {
    aws.answers("StartExecution", "{\"executionArn\":\"arn:1\",\"startDate\":4E9}");
    assertThat(clients.workflows().startConnect(PEERING, "once")).isTrue();
    aws.answers("StartExecution", "{\"executionArn\":\"arn:1\",\"startDate\":4E9}");
    assertThat(clients.workflows().startDisconnect(PEERING, "once")).isTrue();
    aws.answers("StartExecution", "{\"executionArn\":\"arn:1\",\"startDate\":4E9}");
    assertThat(clients.workflows().startLookAtAccount(AccountLook.at(SERVICE), "once")).isTrue();
    aws.answers("StartExecution", "{\"executionArn\":\"arn:1\",\"startDate\":4E9}");
    assertThat(clients.workflows().startReconcile("once", Duration.ZERO)).isTrue();

    aws.answers(
        "ListExecutions",
        """
        {"executions":[{"executionArn":"arn:1","stateMachineArn":"arn:0","name":"once",
        "status":"SUCCEEDED","startDate":1.7E9}]}
        """);
    aws.answers(
        "DescribeExecution",
        """
        {"executionArn":"arn:1","stateMachineArn":"arn:0","status":"SUCCEEDED","startDate":1.7E9,
        "output":"{}"}
        """);
    assertThat(clients.pastRuns().latest(1))
        .containsExactly(new PastRun(Instant.ofEpochSecond(1_700_000_000), "{}", "once"));
    aws.answers(
        "DescribeExecution",
        """
        {"executionArn":"arn:1","stateMachineArn":"arn:0","status":"RUNNING","startDate":1.7E9}
        """);
    assertThat(clients.pastRuns().named("once"))
        .contains(
            new PastRuns.Run("once", "RUNNING", Instant.ofEpochSecond(1_700_000_000), "", "", ""));
  }

  private void putsAMessageBack() {
    aws.answers(
        "SendMessage",
        "{\"MessageId\":\"1\",\"MD5OfMessageBody\":\"99914b932bd37a50b983c5e7c90ae93b\"}");
    clients.eventQueue().putBack(PEERING, "{}", Duration.ofSeconds(7));
  }

  @Test
  void errors_keep_their_names() {
    HubNetwork hub = clients.hub().apply(PEERING);

    aws.answers(
        "DescribeVpcPeeringConnections", 400, refusal("InvalidVpcPeeringConnectionID.NotFound"));
    assertThat(hub.peering(PEERING)).isEmpty();
    aws.answers(
        "AcceptVpcPeeringConnection", 400, refusal("InvalidVpcPeeringConnectionID.NotFound"));
    assertThatThrownBy(() -> hub.ensureAccepted(PEERING)).isInstanceOf(NotYetVisible.class);
    aws.answers("RejectVpcPeeringConnection", 400, refusal("InvalidStateTransition"));
    assertThatThrownBy(() -> hub.ensureRejected(PEERING)).isInstanceOf(NotYetVisible.class);

    Change route = new Change.AddRoute(new RouteTableId("rtb-00000001"), CIDR, PEERING);
    aws.answers("CreateRoute", 400, refusal("RouteAlreadyExists"));
    hub.apply(route);
    aws.answers("CreateRoute", 400, refusal("RouteLimitExceeded"));
    assertThatThrownBy(() -> hub.apply(route)).isInstanceOf(RouteTableFull.class);
    aws.answers("CreateRoute", 400, refusal("InvalidParameterValue"));
    assertThatThrownBy(() -> hub.apply(route))
        .isInstanceOf(RefusedByAws.class)
        .hasMessageContaining("InvalidParameterValue: in words");
    for (int attempt = 0; attempt < 3; attempt++) {
      aws.answers("CreateRoute", 503, refusal("RequestLimitExceeded"));
      aws.answers("DescribeVpcs", 503, refusal("Unavailable"));
    }
    assertThatThrownBy(() -> hub.apply(route)).isInstanceOf(Throttled.class);
    assertThatThrownBy(() -> hub.vpc(VPC)).isInstanceOf(Unavailable.class);

    aws.answers("AuthorizeSecurityGroupIngress", 400, refusal("InvalidPermission.Duplicate"));
    hub.apply(new Change.AllowIngress(GROUP, SSH));

    // What is gone already is no error; what is in use stays.
    aws.answers("CreateTags", 400, refusal("InvalidVpcPeeringConnectionID.NotFound"));
    hub.ensureWithdrawn(PEERING);
    aws.answers(
        "DeleteVpcPeeringConnection", 400, refusal("InvalidVpcPeeringConnectionID.NotFound"));
    hub.ensureDeleted(PEERING);
    aws.answers("DeleteVpcPeeringConnection", 400, refusal("InvalidStateTransition"));
    assertThatThrownBy(() -> hub.ensureDeleted(PEERING)).isInstanceOf(NotYetVisible.class);
    aws.answers("DeleteRoute", 400, refusal("InvalidRoute.NotFound"));
    hub.apply(new Change.RemoveRoute(new RouteTableId("rtb-00000001"), CIDR, PEERING));
    aws.answers("RevokeSecurityGroupIngress", 400, refusal("InvalidGroup.NotFound"));
    hub.apply(new Change.RevokeIngress(GROUP, SSH));
    // One opening of two is gone: they are taken away one by one.
    Ingress https = new Ingress(Port.parse("tcp/443"), new Cidr("10.0.0.4/32"));
    aws.answers("RevokeSecurityGroupIngress", 400, refusal("InvalidPermission.NotFound"));
    aws.answers("RevokeSecurityGroupIngress", 400, refusal("InvalidPermission.NotFound"));
    aws.answers("RevokeSecurityGroupIngress", SUCCESS);
    hub.apply(new Change.RevokeIngress(GROUP, List.of(SSH.getFirst(), https)));
    for (String harmless : List.of("DependencyViolation", "InvalidGroup.NotFound")) {
      aws.answers("DeleteSecurityGroup", 400, refusal(harmless));
      hub.apply(new Change.DeleteVpnGroup(GROUP));
    }
    aws.answers("DeleteSecurityGroup", 403, refusal("UnauthorizedOperation"));
    assertThatThrownBy(() -> hub.apply(new Change.DeleteVpnGroup(GROUP)))
        .isInstanceOf(Denied.class);

    aws.answers(
        "AssumeRole",
        403,
        "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>"
            + "<Message>not authorized</Message></Error></ErrorResponse>");
    assertThatThrownBy(() -> service().vpc(VPC)).isInstanceOf(Denied.class);

    aws.answers("LookupEvents", 400, "{\"__type\":\"AccessDeniedException\"}");
    assertThatThrownBy(() -> clients.hubEvents().apply(PEERING).about("rtb-00000001"))
        .isInstanceOf(Denied.class);

    aws.answers("DescribeAccount", 400, "{\"__type\":\"AccountNotFoundException\"}");
    assertThat(clients.organization().membership(SERVICE, false, PEERING))
        .isEqualTo(new Membership.Stranger());
    aws.answers("DescribeAccount", 400, "{\"__type\":\"AccessDeniedException\"}");
    aws.answers("ListAccounts", 400, "{\"__type\":\"AccessDeniedException\"}");
    assertThatThrownBy(() -> clients.organization().membership(SERVICE, false, PEERING))
        .isInstanceOf(Denied.class);
    aws.answers("ListCommandInvocations", 400, "{\"__type\":\"InvalidCommandId\"}");
    assertThat(clients.vpnInstances().answers("c-1", PEERING).answers()).isEmpty();
    aws.answers("StartExecution", 400, "{\"__type\":\"ExecutionAlreadyExists\"}");
    assertThat(clients.workflows().startConnect(PEERING, "once")).isFalse();
  }

  @Test
  void no_client_is_here_whole() throws IOException {
    // The SDK's own jars have entries for their directories, the ones we write have none.
    assertThat(
            Collections.list(getClass().getClassLoader().getResources(PACKAGE.replace('.', '/'))))
        .as("jars to add to the two lists of maven-surefire-plugin in functions/pom.xml")
        .isEmpty();
  }

  @Test
  void every_shipped_class_can_be_loaded() throws IOException {
    List<Path> jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(path -> path.getFileName().toString().startsWith("software.amazon.awssdk."))
            .toList();
    assertThat(jars).hasSameSizeAs(CLIENTS);
    for (Path path : jars) {
      try (JarFile jar = new JarFile(path.toFile())) {
        assertThat(jar.stream().map(entry -> entry.getName()).filter(n -> n.endsWith(".class")))
            .isNotEmpty()
            .allSatisfy(name -> loads(name.replace(".class", "").replace('/', '.')));
      }
    }
  }

  // Linking checks the code of the class; asking for its methods finds the types that they name.
  private static void loads(String name) throws ReflectiveOperationException {
    assertThat(Class.forName(name).getDeclaredMethods()).isNotNull();
  }

  private Network service() {
    return clients.serviceAccounts().network(SERVICE, new Region("eu-west-1"), PEERING);
  }

  private static Set<String> shippedOperations() {
    Set<String> operations = new TreeSet<>();
    for (String client : CLIENTS) {
      for (Method method : shipped(client).getMethods()) {
        if (Arrays.stream(method.getParameterTypes())
            .anyMatch(type -> type.getName().matches(".*\\.model\\.\\w+Request"))) {
          String name = method.getName().replaceFirst("Paginator$", "");
          operations.add(Character.toUpperCase(name.charAt(0)) + name.substring(1));
        }
      }
    }
    // The SDK's own chain of credentials may call it; a Lambda function's environment has no such
    // token.
    operations.remove("AssumeRoleWithWebIdentity");
    return operations;
  }

  private static Class<?> shipped(String client) {
    try {
      return Class.forName(PACKAGE + client);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(client + " is not shipped", e);
    }
  }

  private static String peerings(String id, String next) {
    String side =
        "<ownerId>"
            + SERVICE
            + "</ownerId><vpcId>"
            + VPC
            + "</vpcId><region>eu-west-1</region><cidrBlock>10.110.0.0/16</cidrBlock>";
    return listing(
        "vpcPeeringConnectionSet",
        "<vpcPeeringConnectionId>%s</vpcPeeringConnectionId><status><code>active</code></status>"
                .formatted(id)
            + "<requesterVpcInfo>%s</requesterVpcInfo><accepterVpcInfo>%s</accepterVpcInfo>"
                .formatted(side, side)
            + "<tagSet><item><key>a</key><value>b</value></item></tagSet>",
        next);
  }

  private static String listing(String set, String item, String next) {
    return "<Response><%s><item>%s</item></%s><nextToken>%s</nextToken></Response>"
        .formatted(set, item, set, next);
  }

  private static String refusal(String code) {
    return "<Response><Errors><Error><Code>%s</Code><Message>in words</Message></Error></Errors></Response>"
        .formatted(code);
  }
}
