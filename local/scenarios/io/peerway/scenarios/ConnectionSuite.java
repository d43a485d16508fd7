package io.peerway.scenarios;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;
import org.junit.platform.suite.api.SuiteDisplayName;

/** On a rig beside it: how a connection lives, is looked at, and ends. */
@Suite
@SuiteDisplayName("Connections")
@SelectClasses({
  ConnectionScenarios.class,
  LifeScenarios.class,
  EndScenarios.class,
  RedriveScenarios.class,
  ForeignRouteScenarios.class,
  BesideOtherToolsScenarios.class,
  ReachabilityScenarios.class,
  DoctorScenarios.class,
  DashboardScenarios.class,
})
final class ConnectionSuite {}
