package io.hasupervisor.loop;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hasupervisor.decide.manifest.Course;
import io.hasupervisor.decide.manifest.Fallback;
import io.hasupervisor.decide.manifest.RolloutBecause;
import io.hasupervisor.decide.manifest.RolloutFacts.Ours;
import io.hasupervisor.decide.manifest.RolloutPhase;
import io.hasupervisor.loop.JsonFields.Unusable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@link RolloutMemory} as JSON. Monotonic times are ISO 8601 durations since boot. */
final class RolloutJson implements StateFile.Form<RolloutMemory> {
  /** Grows when an older daemon would misread the file. */
  static final int SCHEMA = 1;

  @Override
  public RolloutMemory none() {
    return RolloutMemory.none();
  }

  @Override
  public String loss() {
    return "the placement goes on from the store's current and last known good revisions, and no"
        + " file is overwritten until the next order";
  }

  @Override
  public byte[] encode(RolloutMemory memory) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    root.put("bootId", memory.bootId());
    root.put("writtenAt", memory.wall().toString());
    root.put("monotonic", memory.at().toString());
    root.put("since", memory.since().toString());
    memory.target().ifPresent(number -> root.put("target", number));
    memory.ordered().ifPresent(number -> root.put("ordered", number));
    root.put("phase", memory.phase().label());
    memory.phase().way().ifPresent(course -> put(root.putObject("course"), course));
    switch (memory.phase()) {
      case RolloutPhase.Observed observed -> root.put("owner", clip(observed.owner()));
      case RolloutPhase.RollingBack back -> put(root.putObject("from"), back.from());
      case RolloutPhase.RolledBack back -> put(root.putObject("from"), back.from());
      case RolloutPhase.RollbackFailed failed -> {
        put(root.putObject("from"), failed.from());
        root.put("manifest", clip(failed.manifest())).put("detail", clip(failed.detail()));
      }
      case RolloutPhase.None _,
          RolloutPhase.Placing _,
          RolloutPhase.Settling _,
          RolloutPhase.Placed _ -> {}
    }
    ObjectNode ours = root.putObject("ours");
    new TreeMap<>(memory.ours())
        .forEach(
            (name, placed) ->
                ours.putObject(name)
                    .put("sha256", placed.sha256())
                    .put("at", placed.at().toString()));
    var ran = root.putArray("ran");
    new TreeSet<>(memory.ran()).forEach(ran::add);
    return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void put(ObjectNode to, Course course) {
    to.put("prepared", course.prepared());
    var placed = to.putArray("placed");
    new TreeSet<>(course.placed()).forEach(placed::add);
    course
        .awaited()
        .ifPresent(
            wait -> {
              ObjectNode awaited = to.putObject("awaited");
              awaited.put("manifest", wait.manifest()).put("since", wait.since().toString());
              wait.counted().ifPresent(from -> awaited.put("counted", from.toString()));
              awaited.put("disturbed", wait.disturbed());
            });
  }

  private static void put(ObjectNode to, Fallback from) {
    to.put("revision", from.revision())
        .put("manifest", from.manifest())
        .put("reason", from.reason().name())
        .put("detail", clip(from.detail()));
  }

  private static String clip(String text) {
    return text.length() > JsonFields.TEXT_LIMIT ? text.substring(0, JsonFields.TEXT_LIMIT) : text;
  }

  @Override
  public RolloutMemory decode(byte[] content) throws Unusable {
    JsonFields root = JsonFields.ofFile("rollout", content, SCHEMA);
    Map<String, Ours> ours = new HashMap<>();
    JsonFields placed = root.object("ours");
    for (Iterator<String> names = placed.node().fieldNames(); names.hasNext(); ) {
      String name = names.next();
      JsonFields one = placed.object(name);
      ours.put(name, new Ours(one.text("sha256"), one.wall("at")));
    }
    Optional<Integer> target = revision(root, "target");
    RolloutPhase phase = phase(root);
    if (target.isEmpty() && !(phase instanceof RolloutPhase.None)) {
      if (!(phase instanceof RolloutPhase.Observed)) {
        throw new Unusable("rollout.phase is " + phase.label() + " without a target");
      }
    }
    return new RolloutMemory(
        root.text("bootId"),
        root.time("monotonic"),
        root.wall("writtenAt"),
        root.wall("since"),
        phase,
        target,
        revision(root, "ordered"),
        ours,
        new HashSet<>(root.texts("ran")));
  }

  private static Optional<Integer> revision(JsonFields from, String name) throws Unusable {
    return from.node().has(name)
        ? Optional.of((int) from.number(name, 1, Integer.MAX_VALUE))
        : Optional.empty();
  }

  private static RolloutPhase phase(JsonFields root) throws Unusable {
    return switch (root.text("phase")) {
      case "NONE" -> new RolloutPhase.None();
      case "OBSERVED" -> new RolloutPhase.Observed(root.text("owner"));
      case "PLACING" -> new RolloutPhase.Placing(course(root.object("course")));
      case "SETTLING" -> new RolloutPhase.Settling(Optional.empty());
      case "PLACED" -> new RolloutPhase.Placed();
      case "ROLLING_BACK" ->
          new RolloutPhase.RollingBack(course(root.object("course")), from(root.object("from")));
      case "ROLLED_BACK" -> new RolloutPhase.RolledBack(from(root.object("from")));
      case "ROLLBACK_FAILED" ->
          new RolloutPhase.RollbackFailed(
              from(root.object("from")), root.text("manifest"), root.text("detail"));
      default -> throw new Unusable("rollout.phase is unknown to this version");
    };
  }

  private static Course course(JsonFields from) throws Unusable {
    return new Course(
        from.flag("prepared"),
        new HashSet<>(from.texts("placed")),
        from.optional("awaited", RolloutJson::awaited));
  }

  private static Course.Wait awaited(JsonFields from) throws Unusable {
    return new Course.Wait(
        from.text("manifest"),
        from.time("since"),
        from.optionalTime("counted"),
        from.flag("disturbed"));
  }

  private static Fallback from(JsonFields from) throws Unusable {
    return new Fallback(
        (int) from.number("revision", 1, Integer.MAX_VALUE),
        from.text("manifest"),
        from.constant("reason", RolloutBecause.class),
        from.text("detail"));
  }
}
