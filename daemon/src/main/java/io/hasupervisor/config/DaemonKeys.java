package io.hasupervisor.config;

import io.hasupervisor.yaml.Value.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The keys at the top of the file. */
final class DaemonKeys {
  /** Whether anything is done about what is seen. */
  enum Mode {
    ACT,
    OBSERVE
  }

  /** What this host is in its cluster. */
  enum Role {
    MASTER,
    WORKER
  }

  static final Key<Role> ROLE = Key.of("role", Words.choice(Role.class), Role.MASTER);
  static final Key<Table> NODE = Key.table("node", NodeKeys.SHAPE);
  static final Key<Mode> MODE = Key.of("mode", Words.choice(Mode.class), Mode.ACT);
  static final Key<Path> STATE_DIRECTORY =
      Key.of("state-directory", Words.ABSOLUTE, Path.of("/var/lib/ha-supervisor"));
  static final Key<Duration> POLL_EVERY =
      Key.of(
          "poll-every",
          Amounts.duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
          Duration.ofSeconds(5));

  static final Key<List<Address>> LISTEN =
      Key.of(
          "listen",
          Address.LOOPBACK.set(),
          List.of(new Address("127.0.0.1", 9099), new Address("::1", 9099)));
  static final Shape HTTP_SHAPE = Shape.of(LISTEN);
  static final Key<Table> HTTP = Key.table("http", HTTP_SHAPE);

  static final Key<List<Address>> READY_LISTEN = Key.of("listen", Address.LITERAL.set(), List.of());
  static final Shape READY_SHAPE = Shape.of(READY_LISTEN);
  static final Key<Table> READY = Key.table("ready", READY_SHAPE);

  static final Key<Path> SOCKET =
      Key.of("socket", Words.ABSOLUTE, Path.of("/run/ha-supervisor/control.sock"));
  static final Key<String> GROUP =
      Key.of(
          "group",
          Words.matching(Pattern.compile("[a-z_][a-z0-9_-]{0,31}"), "the name of a group"),
          "ha-supervisor");
  static final Shape CONTROL_SHAPE = Shape.of(SOCKET, GROUP);
  static final Key<Table> CONTROL = Key.table("control", CONTROL_SHAPE);

  static final Key<Integer> KEEP = Key.of("keep", Amounts.whole(1, 1000), 20);
  static final Key<Long> SIZE = Key.of("size", Amounts.size(1 << 20, 64L << 30), 64L << 20);
  static final Shape INCIDENTS_SHAPE = Shape.of(KEEP, SIZE);
  static final Key<Table> INCIDENTS = Key.table("incidents", INCIDENTS_SHAPE);

  static final Key<Table> SERVICES =
      Key.table(
          "services",
          new Named(
              "service",
              Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}"),
              "a name of at most 64 letters, digits, dots, hyphens and underscores",
              ServiceKeys.SHAPE));

  static final Key<Table> CLUSTER = Key.table("cluster", ClusterKeys.SHAPE);
  static final Key<Table> MANIFESTS = Key.table("manifests", ManifestKeys.SHAPE);
  static final Key<Table> CREDENTIALS = Key.table("credentials", NodeKeys.CREDENTIALS_SHAPE);
  static final Key<Table> KUBELET = Key.table("kubelet", NodeKeys.KUBELET_SHAPE);
  static final Key<Table> ETCD = Key.table("etcd", EtcdKeys.SHAPE);
  static final Key<Table> APISERVER = Key.table("apiserver", ApiserverKeys.SHAPE);
  static final Key<Table> BACKUP = Key.table("backup", BackupKeys.SHAPE);
  static final Key<Table> REPAIR = Key.table("repair", RepairKeys.SHAPE);

  static final Key<Table> WORKER = Key.table("worker", NodeKeys.WORKER_SHAPE);

  /** The whole file. */
  static final Shape SHAPE =
      Shape.of(
          ROLE,
          NODE,
          MODE,
          STATE_DIRECTORY,
          POLL_EVERY,
          HTTP,
          READY,
          CONTROL,
          INCIDENTS,
          SERVICES,
          CLUSTER,
          MANIFESTS,
          CREDENTIALS,
          KUBELET,
          ETCD,
          APISERVER,
          BACKUP,
          REPAIR,
          WORKER);

  private DaemonKeys() {}
}
