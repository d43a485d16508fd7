package io.peerway.plan.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.model.value.InstanceId;
import io.peerway.model.value.PeeringId;
import io.peerway.model.value.Region;
import org.junit.jupiter.api.Test;

class MendsTest {
  private static final Region REGION = new Region("eu-west-1");
  private static final InstanceId INSTANCE = new InstanceId("i-0123456789abcdef0");
  private final Mends mends = new Mends("arn:connect", REGION);

  @Test
  void a_command_names_region_and_id_of_what_it_mends() {
    assertThat(mends.start(INSTANCE))
        .isEqualTo("aws ec2 start-instances --region eu-west-1 --instance-ids i-0123456789abcdef0");
    assertThat(mends.showAgent(INSTANCE))
        .isEqualTo(
            "aws ssm describe-instance-information --region eu-west-1 --filters"
                + " Key=InstanceIds,Values=i-0123456789abcdef0");
    assertThat(Mends.approve(new PeeringId("pcx-0a1b2c3d4e5f60718"), REGION))
        .isEqualTo(
            "aws ec2 create-tags --region eu-west-1 --resources pcx-0a1b2c3d4e5f60718 --tags"
                + " Key=peerway:decision,Value=approve");
    assertThat(Mends.deleteRoute(REGION, "rtb-00000001", "10.110.0.0/24"))
        .isEqualTo(
            "aws ec2 delete-route --region eu-west-1 --route-table-id rtb-00000001"
                + " --destination-cidr-block 10.110.0.0/24");
    assertThat(Mends.unskip(REGION, "rtb-00000001"))
        .isEqualTo(
            "aws ec2 delete-tags --region eu-west-1 --resources rtb-00000001 --tags"
                + " Key=peerway:routes");
    assertThat(Mends.allow(REGION, "sg-00000001", "tcp/22"))
        .isEqualTo(
            "aws ec2 create-tags --region eu-west-1 --resources sg-00000001 --tags"
                + " Key=peerway:allow,Value=tcp/22");
  }
}
