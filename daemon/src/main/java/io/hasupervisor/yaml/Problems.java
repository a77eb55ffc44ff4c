package io.hasupervisor.yaml;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong; bounded, so that a hostile file cannot flood a terminal. */
public final class Problems {
  /** Problems kept; an operator mends the first ones and asks again. */
  public static final int LIMIT = 100;

  private final List<Problem> found = new ArrayList<>();

  public void add(Place place, String path, String message) {
    if (found.size() < LIMIT) {
      found.add(new Problem(place.file(), place.line(), place.column(), path, message));
    }
  }

  public void addAll(Problems others) {
    others.found.stream().limit(LIMIT - found.size()).forEach(found::add);
  }

  public boolean none() {
    return found.isEmpty();
  }

  public List<Problem> all() {
    return List.copyOf(found);
  }
}
