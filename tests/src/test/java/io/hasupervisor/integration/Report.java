package io.hasupervisor.integration;

import io.hasupervisor.assess.etcd.EtcdView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What each scenario has shown, for a person: {@code tests/target/etcd-scenarios.txt}. */
final class Report {
  private static final Path FILE = Path.of("target/etcd-scenarios.txt");
  private static final List<String> LINES = new ArrayList<>();

  private Report() {}

  /**
   * A scenario's state, the time it took and the sentence shown.
   *
   * @param took until the state was named
   */
  static void line(String scenario, EtcdView view, Duration took) {
    line(scenario, view.state().name(), took, view.summary());
  }

  static synchronized void line(String scenario, String state, Duration took, String sentence) {
    LINES.add(
        String.format(
            Locale.ROOT,
            "%-46s %-18s %6.1f s  %s",
            scenario,
            state,
            took.toMillis() / 1000.0,
            sentence));
    System.out.println(LINES.getLast());
    try {
      Files.createDirectories(FILE.resolveSibling("."));
      Files.write(FILE, LINES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
