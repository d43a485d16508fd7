package io.peerway.plan.account;

import io.peerway.model.error.Denied;
import io.peerway.model.error.NotYetOpen;
import io.peerway.model.network.RegionalVpc;
import io.peerway.model.network.Vpc;
import io.peerway.model.value.Complete;
import io.peerway.model.value.Region;
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
 * @param mayOpenYet whether AWS is about to let us into one of these
 */
public record AccountView(
    Complete<RegionalVpc> vpcs, Map<Region, String> unread, boolean mayOpenYet) {

  /** Where nothing is about to change. */
  public AccountView(Complete<RegionalVpc> vpcs, Map<Region, String> unread) {
    this(vpcs, unread, false);
  }

  /**
   * Reads Region by Region. A Region that the account has not enabled does not know its credentials
   * (EC2 answers {@code AuthFailure}); one that a service control policy closes answers {@code
   * UnauthorizedOperation}; one that AWS makes ready or an account that it verifies, {@code
   * PendingVerification}. None of it says anything about the others.
   *
   * @throws Denied where not one Region let us in: then it is the account that is closed to us
   * @throws NotYetOpen the same, where it was AWS that has not opened the last of them yet
   */
  public static AccountView of(List<Region> regions, Function<Region, Complete<Vpc>> read) {
    List<RegionalVpc> vpcs = new ArrayList<>();
    Map<Region, String> unread = new LinkedHashMap<>();
    boolean mayOpenYet = false;
    for (Region region : regions) {
      try {
        read.apply(region).items().forEach(vpc -> vpcs.add(new RegionalVpc(region, vpc)));
      } catch (Denied | NotYetOpen e) {
        mayOpenYet |= e instanceof NotYetOpen;
        unread.put(region, String.valueOf(e.getMessage()));
        if (unread.size() == regions.size()) {
          throw e;
        }
      }
    }
    return new AccountView(new Complete<>(vpcs), unread, mayOpenYet);
  }
}
