package io.peerway.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.Set;

/**
 * Follows a class's constructors and initialiser through our own code and finds what calls AWS:
 * operations of an SDK client, its credentials, and the interfaces that {@code aws} implements.
 * What stands in a lambda is made there and called later.
 */
final class MakeNoCallToAws extends ArchCondition<JavaClass> {
  private static final Set<String> MAKING = Set.of("builder", "create", "serviceMetadata");

  private final String root;

  MakeNoCallToAws(String root) {
    super("make no call to AWS when they are made");
    this.root = root;
  }

  @Override
  public void check(JavaClass handler, ConditionEvents events) {
    Set<JavaCodeUnit> seen = new HashSet<>();
    handler.getConstructors().forEach(constructor -> follow(constructor, handler, seen, events));
    initialiser(handler, handler, seen, events);
  }

  private void follow(
      JavaCodeUnit unit, JavaClass handler, Set<JavaCodeUnit> seen, ConditionEvents events) {
    if (!seen.add(unit)) {
      return;
    }
    for (JavaCall<?> call : unit.getCallsFromSelf()) {
      if (call.isDeclaredInLambda()) {
        continue;
      }
      CodeUnitCallTarget target = call.getTarget();
      if (callsAws(target)) {
        events.add(
            SimpleConditionEvent.violated(
                handler, "making a " + handler.getName() + ": " + call.getDescription()));
      } else if (target.getOwner().getPackageName().startsWith(root)) {
        initialiser(target.getOwner(), handler, seen, events);
        target.resolveMember().ifPresent(member -> follow(member, handler, seen, events));
      }
    }
  }

  private void initialiser(
      JavaClass owner, JavaClass handler, Set<JavaCodeUnit> seen, ConditionEvents events) {
    owner.getStaticInitializer().ifPresent(unit -> follow(unit, handler, seen, events));
  }

  private boolean callsAws(CodeUnitCallTarget target) {
    JavaClass owner = target.getOwner();
    return (owner.isAssignableTo("software.amazon.awssdk.core.SdkClient")
            && !MAKING.contains(target.getName()))
        || (owner.isAssignableTo("software.amazon.awssdk.identity.spi.IdentityProvider")
            && target.getName().startsWith("resolve"))
        || (owner.isInterface()
            && owner.getAllSubclasses().stream()
                .anyMatch(port -> port.getPackageName().startsWith(root + ".aws")));
  }
}
