package io.peerway.plan;

import io.peerway.model.Complete;
import io.peerway.model.Region;
import io.peerway.model.RegionalVpc;
import io.peerway.model.Vpc;
import io.peerway.model.error.Denied;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The VPCs of an account, as far as its Regions let us in.
 *
 * @param vpcs every VPC of the Regions that could be read
 * @param unread the other Regions, and what AWS answered there: of their VPCs nothing is known
 */
public record AccountView(Complete<RegionalVpc> vpcs, Map<Region, String> unread) {

  /**
   * Reads Region by Region. A Region that the account has not enabled does not know its credentials
   * (EC2 answers {@code AuthFailure}); one that a service control policy closes answers {@code
   * UnauthorizedOperation}. Neither says anything about the others.
   *
   * @throws Denied where not one Region let us in: then it is the account that is closed to us
   */
  public static AccountView of(List<Region> regions, Function<Region, Complete<Vpc>> read) {
    List<RegionalVpc> vpcs = new ArrayList<>();
    Map<Region, String> unread = new LinkedHashMap<>();
    for (Region region : regions) {
      try {
        read.apply(region).items().forEach(vpc -> vpcs.add(new RegionalVpc(region, vpc)));
      } catch (Denied e) {
        unread.put(region, String.valueOf(e.getMessage()));
        if (unread.size() == regions.size()) {
          throw e;
        }
      }
    }
    return new AccountView(new Complete<>(vpcs), unread);
  }
}
