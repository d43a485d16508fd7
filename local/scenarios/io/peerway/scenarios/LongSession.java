package io.peerway.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.peerway.scenarios.RigLab.Completed;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A real ssh session from the company host that counts aloud while other things change. */
final class LongSession {
  private static final String COUNT =
      "touch BEGUN; n=0; until [ -e STOP ]; do n=$((n+1)); echo $n; sleep 0.1; done; echo whole";

  private final Rig rig;
  private final Service service;
  private final String begun;
  private final String stop;
  private final CompletableFuture<Completed> session;

  /** Returns once it has begun. */
  LongSession(Rig rig, Service service) {
    this.rig = rig;
    this.service = service;
    String files = "/tmp/" + service.id() + "." + System.nanoTime();
    this.begun = files + ".begun";
    this.stop = files + ".stop";
    String command = COUNT.replace("BEGUN", begun).replace("STOP", stop);
    this.session = CompletableFuture.supplyAsync(() -> rig.lab().ssh(service, command, 240));
    Rig.eventually(
        "the session with " + service.name(),
        () -> onMachine("test", "-e", begun).exit() == 0 ? Optional.of(true) : Optional.empty());
  }

  /** Ends it. It must have been the same session all the time, and have lost no byte. */
  void assertWhole() {
    onMachine("touch", stop);
    Completed ended = session.join();
    onMachine("rm", begun, stop);
    assertThat(ended.exit()).as("%s", ended).isZero();
    int lines = (int) ended.stdout().lines().count();
    assertThat(ended.stdout().lines())
        .containsExactlyElementsOf(
            Stream.concat(IntStream.range(1, lines).mapToObj(String::valueOf), Stream.of("whole"))
                .toList());
  }

  private Completed onMachine(String... argv) {
    return rig.lab().onMachine(service.instance().id(), argv);
  }
}
