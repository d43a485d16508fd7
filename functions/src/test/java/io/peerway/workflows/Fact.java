package io.peerway.workflows;

/** What happens to a service VPC, its account and its peering with the hub, by people's doing. */
enum Fact {
  TAG_ON,
  TAG_OFF,
  ASK,
  ASK_BY_HUB,
  ACCEPT,
  CIDR_ON,
  CIDR_OFF,
  NEW_ROUTE_TABLE,
  DELETE_BY_SERVICE,
  DELETE_BY_HUB,
  DELETE_VPC,
  MOVE_OUT,
  MOVE_IN,
  CLOSE_ACCOUNT,
  REFUSE,
  APPROVE,
  /** From now on every command to the VPN instance fails. */
  VPN_BREAKS,
  VPN_IS_MENDED
}
