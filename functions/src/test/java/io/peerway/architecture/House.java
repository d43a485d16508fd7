package io.peerway.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.doNot;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The rules of a house whose packages stand below {@code root}. Each ends with its reason, which is
 * what a failure tells the reader to do.
 */
record House(String root) {
  private static final DescribedPredicate<JavaClass> ENTRY_POINT =
      assignableTo(RequestHandler.class)
          .or(assignableTo(RequestStreamHandler.class))
          .and(doNot(modifier(ABSTRACT)));

  String model() {
    return root + ".model..";
  }

  String plan() {
    return root + ".plan..";
  }

  String aws() {
    return root + ".aws..";
  }

  String functions() {
    return root + ".functions..";
  }

  ArchRule pureCore() {
    return classes()
        .that()
        .resideInAnyPackage(model(), plan())
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(model(), plan(), "java..", "org.jspecify..")
        .because(
            "decisions are tested without AWS: put what knows the SDK into aws behind an interface"
                + " of model, what knows Lambda or JSON into functions");
  }

  ArchRule oneEdge() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(aws())
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon.awssdk..")
        .because(
            "AWS is called, and its errors are named, in one place: add what you need to an"
                + " interface of model and implement it in aws");
  }

  ArchRule layers() {
    return layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("model")
        .definedBy(model())
        .layer("plan")
        .definedBy(plan())
        .layer("aws")
        .definedBy(aws())
        .layer("functions")
        .definedBy(functions())
        .whereLayer("model")
        .mayNotAccessAnyLayer()
        .whereLayer("plan")
        .mayOnlyAccessLayers("model")
        .whereLayer("aws")
        .mayOnlyAccessLayers("model", "plan")
        .whereLayer("functions")
        .mayNotBeAccessedByAnyLayer()
        .ensureAllClassesAreContainedInArchitecture()
        .because(
            "data flows one way: move the class down to where both can see it, or declare an"
                + " interface below and implement it above");
  }

  ArchRule roomsOfThePlan() {
    return layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("settings")
        .definedBy(root + ".plan")
        .layer("events")
        .definedBy(root + ".plan.events")
        .layer("rules")
        .definedBy(root + ".plan.rules")
        .layer("network")
        .definedBy(root + ".plan.network")
        .layer("nat")
        .definedBy(root + ".plan.nat")
        .layer("admission")
        .definedBy(root + ".plan.admission")
        .layer("notices")
        .definedBy(root + ".plan.notices")
        .layer("sight")
        .definedBy(root + ".plan.sight")
        .layer("connect")
        .definedBy(root + ".plan.connect")
        .layer("disconnect")
        .definedBy(root + ".plan.disconnect")
        .layer("account")
        .definedBy(root + ".plan.account")
        .layer("findings")
        .definedBy(root + ".plan.findings")
        .layer("report")
        .definedBy(root + ".plan.report")
        .layer("leftovers")
        .definedBy(root + ".plan.leftovers")
        .layer("reconcile")
        .definedBy(root + ".plan.reconcile")
        .layer("look")
        .definedBy(root + ".plan.look")
        .layer("seen")
        .definedBy(root + ".plan.seen")
        .whereLayer("settings")
        .mayNotAccessAnyLayer()
        .whereLayer("events")
        .mayNotAccessAnyLayer()
        .whereLayer("rules")
        .mayOnlyAccessLayers("settings")
        .whereLayer("network")
        .mayOnlyAccessLayers("settings")
        .whereLayer("findings")
        .mayOnlyAccessLayers("network")
        .whereLayer("nat")
        .mayOnlyAccessLayers("settings", "rules", "network", "findings")
        .whereLayer("sight")
        .mayOnlyAccessLayers("network", "findings")
        .whereLayer("admission")
        .mayOnlyAccessLayers("settings", "rules", "network")
        .whereLayer("notices")
        .mayOnlyAccessLayers("rules", "network", "nat")
        .whereLayer("report")
        .mayOnlyAccessLayers("findings", "events", "notices", "nat")
        .whereLayer("connect")
        .mayOnlyAccessLayers("settings", "rules", "network", "nat", "admission", "notices")
        .whereLayer("disconnect")
        .mayOnlyAccessLayers("settings", "rules", "network", "sight", "admission", "notices")
        .whereLayer("account")
        .mayOnlyAccessLayers("settings", "rules", "sight", "admission", "notices")
        .whereLayer("leftovers")
        .mayOnlyAccessLayers("settings", "network", "sight", "findings", "disconnect")
        .whereLayer("reconcile")
        .mayOnlyBeAccessedByLayers("look")
        .whereLayer("look")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("seen")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("seen")
        .mayOnlyAccessLayers("settings", "rules", "nat", "findings", "report", "notices")
        .because(
            "look -> reconcile -> account -> admission -> rules, and notices -> rules: move what"
                + " both need down, or hand it in");
  }

  ArchRule roomsOfTheFunctions() {
    return slices()
        .matching(root + ".functions.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(
            resideInAPackage(root + ".functions.reconcile"),
            resideInAPackage(root + ".functions.nat"))
        .ignoreDependency(
            DescribedPredicate.alwaysTrue(), resideInAPackage(root + ".functions.log"))
        .because(
            "a step belongs to one workflow: put what two of them need into functions (only"
                + " reconcile asks the VPN instances as nat does)");
  }

  ArchRule noCycles() {
    return slices()
        .matching(root + ".(**)")
        .should()
        .beFreeOfCycles()
        .because("packages that need each other are one package: move the class that closes it");
  }

  ArchRule errors() {
    String vocabulary = root + ".model.error";
    return classes()
        .that()
        .areAssignableTo(Throwable.class)
        .and()
        .doNotHaveFullyQualifiedName(vocabulary + ".PeerwayException")
        .should()
        .beAssignableTo(vocabulary + ".PeerwayException")
        .andShould()
        .haveModifier(FINAL)
        .andShould()
        .resideInAPackage(vocabulary)
        .because(
            "a failure's class is what a workflow's Retry and Catch name: use one of the vocabulary"
                + " or add a final class to it");
  }

  ArchRule handlers() {
    return classes()
        .that(ENTRY_POINT)
        .or()
        .haveSimpleNameEndingWith("Handler")
        .should()
        .bePublic()
        .andShould()
        .haveModifier(FINAL)
        .andShould()
        .haveSimpleNameEndingWith("Handler")
        .andShould()
        .resideInAPackage(functions())
        .andShould(new HaveAPublicConstructorWithoutParameters())
        .andShould()
        .beAssignableTo(ENTRY_POINT)
        .because("Lambda makes it by the name in template.yaml, and nothing extends it");
  }

  ArchRule quietConstructors() {
    return classes()
        .that(ENTRY_POINT)
        .should(new MakeNoCallToAws(root))
        .because(
            "a function that asks AWS while it is made fails where nobody can try it again, and its answer"
                + " grows old: hand on what makes the call, not its answer");
  }

  ArchRule oneLog() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".functions.log")
        .should(ACCESS_STANDARD_STREAMS)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..", "org.apache.logging..", "ch.qos.logback..")
        .because(
            "only slf4j's lines carry the connection and the execution: use a Logger of slf4j");
  }

  ArchRule noDrawers() {
    return noClasses()
        .should()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .because("a name says what a class is for: name it after the one idea that it holds");
  }

  ArchRule noStaticState() {
    return fields()
        .that()
        .areStatic()
        .should(new NeverChange())
        .because(
            "invocations share it: make it a field of the object that uses it, or an immutable constant (List.of, Map.of)");
  }

  ArchRule noSleep() {
    return noClasses()
        .should()
        .callMethodWhere(Sleeps.PREDICATE)
        .because(
            "waiting is the workflow's: answer that it is not yet so, and let a Wait state ask");
  }
}
