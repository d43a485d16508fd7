package io.peerway.functions;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.peerway.model.NatSet;
import io.peerway.plan.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the VPN instances were asked, and what they said.
 *
 * @param state {@code ASKED} or {@code DONE}
 * @param wanted what they should have in force
 */
record NatQuestion(
    @JsonProperty(required = true) String state,
    @JsonProperty(required = true) List<Finding> findings,
    @Nullable String commandId,
    @Nullable NatSet wanted) {

  static NatQuestion asked(String commandId, NatSet wanted) {
    return new NatQuestion("ASKED", List.of(), commandId, wanted);
  }

  static NatQuestion done(List<Finding> findings) {
    return new NatQuestion("DONE", findings, null, null);
  }
}
