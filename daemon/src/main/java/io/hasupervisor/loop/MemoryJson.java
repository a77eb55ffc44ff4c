package io.hasupervisor.loop;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hasupervisor.decide.Because;
import io.hasupervisor.decide.Hold;
import io.hasupervisor.decide.RestartLog;
import io.hasupervisor.decide.RestartLog.Down;
import io.hasupervisor.loop.JsonFields.Unusable;
import io.hasupervisor.observe.Exit;
import io.hasupervisor.observe.Incarnation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link Memory} as JSON. Monotonic times are ISO 8601 durations since boot. */
final class MemoryJson {
  /** Grows when an older daemon would misread the file. */
  static final int SCHEMA = 1;

  /** A recorded event may be this much later than the file: the clock is read more than once. */
  private static final Duration SLACK = Duration.ofMinutes(1);

  /** The form of {@code state.json}. */
  static final StateFile.Form<Memory> FORM =
      new StateFile.Form<>() {
        @Override
        public Memory none() {
          return Memory.none();
        }

        @Override
        public byte[] encode(Memory memory) {
          return MemoryJson.encode(memory);
        }

        @Override
        public Memory decode(byte[] content) throws Unusable {
          return MemoryJson.decode(content);
        }

        @Override
        public String loss() {
          return "restart counters start at zero and holds are lost";
        }
      };

  private MemoryJson() {}

  static byte[] encode(Memory memory) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    root.put("bootId", clip(memory.bootId()));
    root.put("writtenAt", memory.wall().toString());
    root.put("monotonic", text(memory.at()));
    ObjectNode services = root.putObject("services");
    memory.sorted().forEach((name, service) -> put(services.putObject(name), service, memory));
    String text = root.toPrettyString() + "\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void put(ObjectNode to, Memory.Service service, Memory memory) {
    RestartLog log = service.log();
    to.put("attempt", log.attempt());
    put(to.putArray("crashes"), log.crashes());
    put(to.putArray("kills"), log.kills());
    log.life().ifPresent(life -> put(to.putObject("life"), life));
    log.down().ifPresent(down -> put(to.putObject("down"), down));
    log.lastExit().ifPresent(exit -> put(to.putObject("lastExit"), exit));
    service.hold().ifPresent(hold -> put(to.putObject("hold"), hold, memory));
    if (service.stopUnfinished()) {
      to.put("stopUnfinished", true);
    }
    ArrayNode tally = to.putArray("tally");
    for (Tally.Death death : service.tally().deaths()) {
      ObjectNode item = tally.addObject();
      item.put("at", death.at().toString());
      put(item.putObject("exit"), death.exit());
      item.put("reason", clip(death.reason()));
    }
  }

  private static void put(ArrayNode to, List<Duration> times) {
    times.forEach(time -> to.add(text(time)));
  }

  private static void put(ObjectNode to, Incarnation life) {
    to.put("id", clip(life.id())).put("pid", life.pid()).put("startedAt", text(life.startedAt()));
  }

  private static void put(ObjectNode to, Down down) {
    to.put("since", text(down.since()));
    put(to.putObject("exit"), down.exit());
    to.put("nextAt", text(down.nextAt())).put("cause", down.cause().name());
  }

  private static void put(ObjectNode to, Exit exit) {
    to.put("kind", exit.kind().name())
        .put("value", exit.value())
        .put("detail", clip(exit.detail()));
  }

  /** {@code untilWall} is for people; it follows from the other times. */
  private static void put(ObjectNode to, Hold hold, Memory memory) {
    to.put("kind", hold.kind().name());
    to.put("by", clip(hold.by())).put("reason", clip(hold.reason()));
    hold.until()
        .map(MemoryJson::bounded)
        .ifPresent(
            until -> {
              to.put("until", text(until));
              to.put("untilWall", memory.wall().plus(until.minus(memory.at())).toString());
            });
  }

  private static String text(Duration time) {
    return bounded(time).toString();
  }

  /** systemd's "never" is half a million years away. */
  private static Duration bounded(Duration time) {
    return time.compareTo(JsonFields.TIME_LIMIT) > 0 ? JsonFields.TIME_LIMIT : time;
  }

  private static String clip(String text) {
    return text.length() > JsonFields.TEXT_LIMIT ? text.substring(0, JsonFields.TEXT_LIMIT) : text;
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws Unusable when it is anything else, with what is wrong and where
   */
  static Memory decode(byte[] content) throws Unusable {
    JsonFields root = JsonFields.ofFile("state", content, SCHEMA);
    Duration at = root.time("monotonic");
    JsonFields services = root.object("services");
    Map<String, Memory.Service> read = new HashMap<>();
    for (Iterator<String> names = services.node().fieldNames(); names.hasNext(); ) {
      String name = names.next();
      read.put(name, service(services.object(name), at));
    }
    return new Memory(root.text("bootId"), at, root.wall("writtenAt"), read);
  }

  private static Memory.Service service(JsonFields from, Duration at) throws Unusable {
    RestartLog log =
        new RestartLog(
            (int) from.number("attempt", 0, Integer.MAX_VALUE - 1),
            past(from, "crashes", at),
            past(from, "kills", at),
            from.optional("life", MemoryJson::life),
            from.optional("down", MemoryJson::down),
            Optional.empty(),
            from.optional("lastExit", MemoryJson::exit));
    return new Memory.Service(
        log,
        from.optional("hold", MemoryJson::hold),
        from.flag("stopUnfinished"),
        new Tally(from.list("tally", MemoryJson::death)));
  }

  /** Times from the future would count against budgets for ever. */
  private static List<Duration> past(JsonFields from, String name, Duration at) throws Unusable {
    List<Duration> times = from.times(name);
    if (times.stream().anyMatch(time -> time.compareTo(at.plus(SLACK)) > 0)) {
      throw new Unusable(from.path() + "." + name + " is later than the file itself");
    }
    return times;
  }

  private static Incarnation life(JsonFields from) throws Unusable {
    return new Incarnation(
        from.text("id"), from.number("pid", 0, Integer.MAX_VALUE), from.time("startedAt"));
  }

  private static Down down(JsonFields from) throws Unusable {
    return new Down(
        from.time("since"),
        exit(from.object("exit")),
        from.time("nextAt"),
        from.constant("cause", Because.class));
  }

  private static Exit exit(JsonFields from) throws Unusable {
    return new Exit(
        from.constant("kind", Exit.Kind.class),
        (int) from.number("value", Integer.MIN_VALUE, Integer.MAX_VALUE),
        from.text("detail"));
  }

  private static Hold hold(JsonFields from) throws Unusable {
    return new Hold(
        from.constant("kind", Hold.Kind.class),
        from.text("by"),
        from.text("reason"),
        from.optionalTime("until"));
  }

  private static Tally.Death death(JsonFields from) throws Unusable {
    Instant at = from.wall("at");
    return new Tally.Death(at, exit(from.object("exit")), from.text("reason"));
  }
}
