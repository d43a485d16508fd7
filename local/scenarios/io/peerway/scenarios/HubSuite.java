package io.peerway.scenarios;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;
import org.junit.platform.suite.api.SuiteDisplayName;

/** On one rig: what is done to the hub, what is repaired, and how connections end. */
@Suite
@SuiteDisplayName("The hub")
@SelectClasses({
  VpnInstanceScenarios.class,
  HubVpcScenarios.class,
  OthersOnTheVpnInstanceScenarios.class,
  ReconcileScenarios.class,
  EndScenarios.class,
  FreezeScenarios.class,
  RedriveScenarios.class,
  ForeignRouteScenarios.class,
  ReachabilityScenarios.class,
  QuotaScenarios.class,
  DoctorScenarios.class,
})
final class HubSuite {}
