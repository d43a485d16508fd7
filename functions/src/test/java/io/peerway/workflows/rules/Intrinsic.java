package io.peerway.workflows.rules;

/** An intrinsic function of CloudFormation in its short form: {@code !Ref X}, {@code !Sub ...}. */
record Intrinsic(String name, Object value) {

  /** Whether this is {@code !Ref value}. */
  boolean refersTo(String id) {
    return name.equals("Ref") && id.equals(value);
  }

  /** Whether it is the ARN of this resource. */
  boolean isArnOf(String id) {
    return name.equals("GetAtt") && (id + ".Arn").equals(value);
  }

  @Override
  public String toString() {
    return "!" + name + " " + value;
  }
}
