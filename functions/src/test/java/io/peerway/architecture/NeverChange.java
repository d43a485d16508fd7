package io.peerway.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A static field is final, and what it holds cannot change either, as far as its type and the class
 * initialiser show: no array, nothing of java.util.concurrent, no collection made with {@code new}.
 */
final class NeverChange extends ArchCondition<JavaField> {
  private static final List<Class<?>> CHANGEABLE =
      List.of(Collection.class, Map.class, StringBuilder.class, ThreadLocal.class);

  NeverChange() {
    super("never change");
  }

  @Override
  public void check(JavaField field, ConditionEvents events) {
    // Such as an enum's $VALUES.
    if (field.getModifiers().contains(JavaModifier.SYNTHETIC)) {
      return;
    }
    if (!field.getModifiers().contains(JavaModifier.FINAL)) {
      breach(field, "is not final", events);
    }
    JavaClass type = field.getRawType();
    if (type.isArray() || type.getPackageName().startsWith("java.util.concurrent")) {
      breach(field, "holds a " + type.getSimpleName() + ", which can change", events);
    }
    madeForIt(field).stream()
        .filter(made -> CHANGEABLE.stream().anyMatch(made::isAssignableTo))
        .forEach(made -> breach(field, "holds a new " + made.getSimpleName(), events));
  }

  // What the class initialiser makes on the line that sets the field.
  private static List<JavaClass> madeForIt(JavaField field) {
    return field.getOwner().getStaticInitializer().stream()
        .flatMap(
            initialiser ->
                initialiser.getConstructorCallsFromSelf().stream()
                    .filter(
                        call ->
                            field.getAccessesToSelf().stream()
                                .filter(access -> access.getOrigin().equals(initialiser))
                                .mapToInt(JavaFieldAccess::getLineNumber)
                                .anyMatch(line -> line == call.getLineNumber())))
        .map(call -> call.getTargetOwner())
        .toList();
  }

  private static void breach(JavaField field, String what, ConditionEvents events) {
    events.add(
        SimpleConditionEvent.violated(
            field,
            field.getOwner().getSimpleName()
                + "."
                + field.getName()
                + " "
                + what
                + " in "
                + field.getSourceCodeLocation()));
  }
}
