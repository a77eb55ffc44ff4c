package io.hasupervisor.loop;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hasupervisor.assess.etcd.EtcdMaxima;
import io.hasupervisor.loop.JsonFields.Unusable;
import io.hasupervisor.observe.etcd.EtcdId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@link EtcdMemory} as JSON. Ids are hexadecimal, as etcdctl shows them. */
final class EtcdMemoryJson implements StateFile.Form<EtcdMemory> {
  /** Grows when an older daemon would misread the file. */
  static final int SCHEMA = 1;

  @Override
  public EtcdMemory none() {
    return EtcdMemory.none();
  }

  @Override
  public String loss() {
    return "whether etcd's data is older than what this host saw before cannot be told until a read"
        + " through quorum has set a new mark";
  }

  @Override
  public byte[] encode(EtcdMemory memory) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("schema", SCHEMA);
    memory
        .maxima()
        .ifPresent(
            most -> {
              ObjectNode proven = root.putObject("proven");
              proven.put("clusterId", most.cluster().toString());
              most.member().ifPresent(id -> proven.put("memberId", id.toString()));
              proven
                  .put("revision", most.revision())
                  .put("raftIndex", most.index())
                  .put("raftTerm", most.term())
                  .put("at", most.at().toString());
            });
    return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public EtcdMemory decode(byte[] content) throws Unusable {
    JsonFields root = JsonFields.ofFile("etcd", content, SCHEMA);
    return new EtcdMemory(root.optional("proven", EtcdMemoryJson::maxima));
  }

  private static EtcdMaxima maxima(JsonFields proven) throws Unusable {
    return new EtcdMaxima(
        id(proven, "clusterId"),
        proven.node().has("memberId") ? Optional.of(id(proven, "memberId")) : Optional.empty(),
        proven.number("revision", 0, Long.MAX_VALUE),
        proven.number("raftIndex", 0, Long.MAX_VALUE),
        proven.number("raftTerm", 0, Long.MAX_VALUE),
        proven.wall("at"));
  }

  private static EtcdId id(JsonFields from, String name) throws Unusable {
    return EtcdId.hex(from.text(name))
        .orElseThrow(() -> new Unusable(from.path() + "." + name + " is not an id of etcd's"));
  }
}
