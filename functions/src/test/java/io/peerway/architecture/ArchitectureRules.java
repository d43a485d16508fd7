package io.peerway.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * How the house is cut, checked on the main classes of both modules. So that a rule cannot become
 * empty unseen, each is also put to the package {@code broken}, a small house with every mistake,
 * where it has to find the classes that are named here.
 */
class ArchitectureRules {
  private static final String BROKEN = ArchitectureRules.class.getPackageName() + ".broken";

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          // The fakes of shared: Maven's `test` phase has them in a folder, `verify` in a jar.
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.peerway");

  private static final JavaClasses MISTAKES = new ClassFileImporter().importPackages(BROKEN);

  @Test
  void the_model_and_the_plans_are_pure_java() {
    holds(House::pureCore, "model.AsksAws", "plan.ReadsJson", "plan.KnowsLambda");
  }

  @Test
  void only_the_aws_edge_knows_the_aws_sdk() {
    holds(House::oneEdge, "model.AsksAws", "functions.EagerHandler");
  }

  @Test
  void model_is_below_plan_is_below_aws_and_the_functions_are_on_top() {
    holds(House::layers, "model.KnowsThePlan", "aws.KnowsAFunction");
  }

  @Test
  void the_rooms_of_the_plan_depend_on_each_other_one_way() {
    holds(House::roomsOfThePlan, "plan.rules.KnowsReconcile");
  }

  @Test
  void the_rooms_of_the_functions_are_apart() {
    holds(House::roomsOfTheFunctions, "functions.connect.KnowsAccount");
  }

  @Test
  void packages_have_no_cycles() {
    holds(House::noCycles, "model.KnowsThePlan", "plan.ReadsJson");
  }

  @Test
  void every_failure_is_a_final_class_of_the_one_vocabulary() {
    holds(House::errors, "plan.StrayFailure", "model.error.OpenFailure", "plan.MisplacedFailure");
  }

  @Test
  void every_handler_is_a_public_final_class_that_lambda_can_make() {
    holds(House::handlers, "functions.OpenHandler", "functions.NeedyHandler", "functions.Handles");
  }

  @Test
  void making_a_handler_calls_nothing_on_aws() {
    holds(
        House::quietConstructors,
        "functions.EagerHandler",
        "functions.EagerlyHandler",
        "functions.OpenHandler");
  }

  @Test
  void whatever_is_said_goes_through_slf4j() {
    holds(House::oneLog, "functions.TextUtils.print", "functions.TextUtils.log");
  }

  @Test
  void no_class_is_a_drawer_of_utilities() {
    holds(House::noDrawers, "functions.TextUtils");
  }

  @Test
  void nothing_static_can_change() {
    holds(House::noStaticState, "TextUtils.last", "TextUtils.seen", "TextUtils.counted");
  }

  @Test
  void nothing_sleeps() {
    holds(House::noSleep, "functions.TextUtils.pause");
  }

  private static void holds(Function<House, ArchRule> rule, String... mistakes) {
    rule.apply(new House("io.peerway")).check(OURS);
    assertThat(
            String.join(
                "\n",
                rule.apply(new House(BROKEN)).evaluate(MISTAKES).getFailureReport().getDetails()))
        .as("what the rule finds in " + BROKEN)
        .contains(mistakes);
  }
}
