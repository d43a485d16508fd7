package io.peerway.functions.seen;

/** What the function answers to {@code {"describe": true}}, in Markdown. */
final class Documentation {
  static final String TEXT =
      """
      ## Peerway
      Shows the connections of service VPCs to the hub VPC. It changes nothing: buttons that do call another function.

      ### Widget parameters
      Param | Description
      ---|---
      **widget** | `network` (default): one picture of the whole network; press a service to see what is known of it. `reach`: a form that asks why something cannot be reached. `waiting`: what waits, was refused, is held back or was left alone. `details`: one connection. `run`: one execution of reconcile
      **id** | of `details`: a VPC peering connection, `pcx-…`
      **run** | of `run`: the name of an execution of reconcile
      **to**, **port**, **protocol** | of `reach`: what stands in the form at first

      ### Example parameters
      ``` yaml
      widget: network
      ```
      """;

  private Documentation() {}
}
