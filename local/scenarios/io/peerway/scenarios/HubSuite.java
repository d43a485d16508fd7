package io.peerway.scenarios;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;
import org.junit.platform.suite.api.SuiteDisplayName;

/** On one rig: what is done to the hub, and what is repaired. */
@Suite
@SuiteDisplayName("The hub")
@SelectClasses({
  VpnInstanceScenarios.class,
  HubVpcScenarios.class,
  ReconcileScenarios.class,
  FreezeScenarios.class,
  QuotaScenarios.class,
})
final class HubSuite {}
