package io.hasupervisor.config;

/** Where in the tree of keys we are: the path shown to people, and who takes the problems. */
record Spot(String path, Problems problems) {

  /** For values that have been checked before: problems are dropped. */
  static Spot silent() {
    return new Spot("", new Problems());
  }

  Spot under(String key) {
    String shown = Quote.bare(key);
    return new Spot(path.isEmpty() ? shown : path + "." + shown, problems);
  }

  Spot item(int index) {
    return new Spot(path + "[" + index + "]", problems);
  }

  void reject(Place place, String message) {
    problems.add(place, path, message);
  }
}
