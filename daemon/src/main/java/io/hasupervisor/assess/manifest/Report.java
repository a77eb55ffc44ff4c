package io.hasupervisor.assess.manifest;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.observe.manifest.Pod;
import io.hasupervisor.yaml.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects findings; bounded, so that a hostile file cannot flood a terminal. */
public final class Report {
  private static final int LIMIT = 500;

  /** By file, line and column; what is about a whole file comes before its lines. */
  private static final Comparator<Finding> IN_ORDER =
      Comparator.comparing((Finding f) -> f.place().map(p -> p.file().toString()).orElse(""))
          .thenComparing(f -> f.place().map(Place::line).orElse(0))
          .thenComparing(f -> f.place().map(Place::column).orElse(0));

  private final List<Finding> found = new ArrayList<>();

  void add(String code, Severity severity, Pod pod, Place place, String text, String cure) {
    add(code, severity, pod.subject(), place, text, cure);
  }

  void add(String code, Severity severity, String subject, Place place, String text, String cure) {
    if (found.size() < LIMIT) {
      found.add(new Finding(code, severity, subject, Optional.of(place), text, cure));
    }
  }

  /** All findings, in the order of the files. */
  public List<Finding> findings() {
    return found.stream().sorted(IN_ORDER).toList();
  }
}
