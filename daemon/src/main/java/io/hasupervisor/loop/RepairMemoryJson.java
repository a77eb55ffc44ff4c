package io.hasupervisor.loop;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hasupervisor.decide.disruption.RepairLog;
import io.hasupervisor.loop.JsonFields.Unusable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** {@link RepairMemory} as JSON. Monotonic times are ISO 8601 durations since boot. */
final class RepairMemoryJson implements StateFile.Form<RepairMemory> {
  /** Grows when an older daemon would misread the file. */
  static final int SCHEMA = 1;

  /** Far more than any budget of a day; a file with more was not written by this daemon. */
  private static final int MOST = 1000;

  @Override
  public RepairMemory none() {
    return RepairMemory.none();
  }

  @Override
  public String loss() {
    return "the budget of repairs that may cost this host's member of etcd begins anew";
  }

  @Override
  public byte[] encode(RepairMemory memory) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA)
        .put("bootId", memory.bootId())
        .put("monotonic", memory.at().toString())
        .put("writtenAt", memory.wall().toString());
    ArrayNode acted = root.putArray("acted");
    memory.log().acted().forEach(time -> acted.add(time.toString()));
    root.put("failures", memory.log().failures());
    return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public RepairMemory decode(byte[] content) throws Unusable {
    JsonFields root = JsonFields.ofFile("repair", content, SCHEMA);
    Duration at = root.time("monotonic");
    List<Duration> acted = root.times("acted");
    if (acted.size() > MOST || acted.stream().anyMatch(time -> time.compareTo(at) > 0)) {
      throw new Unusable("repair.acted holds more than was done, or what is later than the file");
    }
    return new RepairMemory(
        root.text("bootId"),
        at,
        root.wall("writtenAt"),
        new RepairLog(acted.stream().sorted().toList(), (int) root.number("failures", 0, MOST)));
  }
}
