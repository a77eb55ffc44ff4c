package io.hasupervisor.yaml;

/** Where in the tree of keys we are: the path shown to people, and who takes the problems. */
public record Spot(String path, Problems problems) {

  /** For values that have been checked before: problems are dropped. */
  public static Spot silent() {
    return at("");
  }

  /** For the path alone: problems are dropped. */
  static Spot at(String path) {
    return new Spot(path, new Problems());
  }

  public Spot under(String key) {
    String shown = Quote.bare(key);
    return new Spot(path.isEmpty() ? shown : path + "." + shown, problems);
  }

  public Spot item(int index) {
    return new Spot(path + "[" + index + "]", problems);
  }

  public void reject(Place place, String message) {
    problems.add(place, path, message);
  }
}
