package io.hasupervisor.assess.credential;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.yaml.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects findings about files. */
final class Findings {
  private final List<Finding> all = new ArrayList<>();

  void add(String code, Severity severity, Path file, String text, String cure) {
    all.add(Finding.of(code, severity, file.toString(), text, cure));
  }

  void add(String code, Severity severity, Place place, String text, String cure) {
    all.add(new Finding(code, severity, place.file().toString(), Optional.of(place), text, cure));
  }

  List<Finding> all() {
    return all.stream().distinct().toList();
  }
}
