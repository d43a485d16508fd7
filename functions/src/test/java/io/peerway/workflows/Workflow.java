package io.peerway.workflows;

import java.nio.file.Path;

/** The workflows: a file of workflows/, and a state machine of template.yaml. */
enum Workflow {
  CONNECT("connect", "ConnectStateMachine"),
  DISCONNECT("disconnect", "DisconnectStateMachine"),
  LOOK_AT_ACCOUNT("look-at-account", "LookAtAccountStateMachine"),
  RECONCILE("reconcile", "ReconcileStateMachine"),
  DIAGNOSE("diagnose", "DiagnoseStateMachine");

  private final String file;
  private final String logicalId;

  Workflow(String file, String logicalId) {
    this.file = file;
    this.logicalId = logicalId;
  }

  Definition definition() {
    return Definition.read(Path.of("..", "workflows", file + ".asl.json"));
  }

  /** Its state machine's name in template.yaml. */
  String logicalId() {
    return logicalId;
  }
}
