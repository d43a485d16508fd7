package io.peerway.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** What Lambda needs of a handler. */
final class HaveAPublicConstructorWithoutParameters extends ArchCondition<JavaClass> {
  HaveAPublicConstructorWithoutParameters() {
    super("have a public constructor without parameters");
  }

  @Override
  public void check(JavaClass handler, ConditionEvents events) {
    boolean has =
        handler
            .tryGetConstructor()
            .filter(constructor -> constructor.getModifiers().contains(JavaModifier.PUBLIC))
            .isPresent();
    events.add(
        new SimpleConditionEvent(
            handler, has, handler.getName() + " has no public constructor without parameters"));
  }
}
