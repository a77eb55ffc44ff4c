package io.hasupervisor.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong; bounded, so that a hostile file cannot flood a terminal. */
final class Problems {
  /** Problems kept; an operator mends the first ones and asks again. */
  static final int LIMIT = 100;

  private final List<Problem> found = new ArrayList<>();

  void add(Place place, String path, String message) {
    if (found.size() < LIMIT) {
      found.add(new Problem(place.file(), place.line(), place.column(), path, message));
    }
  }

  void addAll(Problems others) {
    others.found.stream().limit(LIMIT - found.size()).forEach(found::add);
  }

  boolean none() {
    return found.isEmpty();
  }

  List<Problem> all() {
    return List.copyOf(found);
  }
}
