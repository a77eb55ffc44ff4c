package io.hasupervisor.command;

import io.hasupervisor.cluster.Worker;
import io.hasupervisor.decide.worker.Joining;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.observe.worker.ServerUrl;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The part of the configuration by which the daemon learns that this worker has joined.
 *
 * @param loaded reads the whole configuration anew; empty where it is wrong
 */
record JoinDropIn(Path file, Supplier<Optional<Plan>> loaded) {
  /** That of a configuration file. */
  static JoinDropIn beside(Path config, Supplier<Optional<Plan>> loaded) {
    return new JoinDropIn(
        config.toAbsolutePath().resolveSibling("conf.d").resolve("50-worker.yaml").normalize(),
        loaded);
  }

  /** Whether it is among the files that are changed. */
  boolean in(Joining.Planned planned) {
    return planned.edits().stream().anyMatch(edit -> edit.file().equals(file));
  }

  /** What is wrong with the configuration once it is written; empty where it is not changed. */
  Optional<String> fault(ServerUrl url, Joining.Planned planned) {
    if (!in(planned)) {
      return Optional.empty();
    }
    Optional<Plan> after = loaded.get();
    if (after.isEmpty()) {
      return Optional.of("with " + file + " the configuration is wrong");
    }
    Optional<ServerUrl> said =
        after
            .get()
            .worker()
            .flatMap(Worker::apiserver)
            .flatMap(uri -> ServerUrl.parse(uri.toString()));
    return said.equals(Optional.of(url))
        ? Optional.empty()
        : Optional.of(
            "another file of %s says role or worker.apiserver after %s: correct it there"
                .formatted(file.resolveSibling(".").normalize(), file));
  }
}
