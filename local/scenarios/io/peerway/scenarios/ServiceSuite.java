package io.peerway.scenarios;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;
import org.junit.platform.suite.api.SuiteDisplayName;

/** On a third: what service accounts ask for and send; and others on a VPN instance. */
@Suite
@SuiteDisplayName("Service accounts")
@SelectClasses({
  OthersOnTheVpnInstanceScenarios.class,
  TagScenarios.class,
  AccountScenarios.class,
  AccountBadInputScenarios.class,
  AllowScenarios.class,
  BadInputScenarios.class,
  BurstScenarios.class,
  RefusalScenarios.class,
  NewsScenarios.class,
  RegionScenarios.class,
  StatusScenarios.class,
})
final class ServiceSuite {}
