package io.peerway.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.Set;

/** Calls that hold a thread for a time. */
final class Sleeps {
  private static final Set<String> OWNERS =
      Set.of("java.lang.Thread", "java.util.concurrent.TimeUnit");

  static final DescribedPredicate<JavaMethodCall> PREDICATE =
      DescribedPredicate.describe(
          "the thread sleeps",
          call ->
              call.getName().equals("sleep") && OWNERS.contains(call.getTargetOwner().getName()));

  private Sleeps() {}
}
