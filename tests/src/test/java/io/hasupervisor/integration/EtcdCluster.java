package io.hasupervisor.integration;

import io.hasupervisor.cluster.Cluster;
import io.hasupervisor.cluster.CredentialSettings;
import io.hasupervisor.cluster.EtcdLimits;
import io.hasupervisor.cluster.EtcdSettings;
import io.hasupervisor.cluster.EtcdSettings.Attest;
import io.hasupervisor.cluster.EtcdSettings.Tls;
import io.hasupervisor.cluster.KubeletSettings;
import io.hasupervisor.cluster.ManifestSettings;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Real members of one etcd cluster, each as if on a host of its own: on loopback, at ports of their
 * own. That the masters' addresses are loopback's says that all of them are on this machine.
 */
final class EtcdCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Of every host. */
  static final String ADDRESS = "127.0.0.1";

  /** Where nobody listens. */
  private static final String NOBODY = "127.0.0.2";

  /** Who can ask a member. */
  enum Clients {
    /** All hosts. */
    ANYWHERE,
    /**
     * Its own host alone, though the member says otherwise: {@code --listen-client-urls} of one
     * address with {@code --advertise-client-urls} of another, as in the manifests of 2016.
     */
    OWN_HOST
  }

  private final Path directory;
  private final Clients clients;
  private final List<String> more;
  private final List<Place> places = new ArrayList<>();
  private final List<Etcd> members = new ArrayList<>();
  private Optional<Credentials> credentials = Optional.empty();

  /** Where a member listens. */
  private record Place(String name, int client, int peer) {}

  private EtcdCluster(Path directory, int size, Clients clients, List<String> more)
      throws IOException {
    this.directory = directory;
    this.clients = clients;
    this.more = more;
    for (int n = 1; n <= size; n++) {
      places.add(new Place("master-" + n, Ports.next(), Ports.next()));
    }
  }

  /**
   * Three members that agree.
   *
   * @param more flags of each
   */
  static EtcdCluster three(Path directory, Clients clients, String... more) throws Exception {
    return new EtcdCluster(directory, 3, clients, List.of(more)).started();
  }

  /** One member alone. */
  static EtcdCluster one(Path directory, String... more) throws Exception {
    return new EtcdCluster(directory, 1, Clients.ANYWHERE, List.of(more)).started();
  }

  /** What is done to fresh credentials before the members start with them. */
  interface Tampering {
    void on(Credentials credentials, EtcdCluster cluster) throws Exception;
  }

  /** So many members, with TLS throughout. */
  static EtcdCluster secured(Path directory, int size, Tampering tampering) throws Exception {
    EtcdCluster cluster = new EtcdCluster(directory, size, Clients.ANYWHERE, List.of());
    Credentials made = cluster.credentials("pki", Duration.ZERO);
    tampering.on(made, cluster);
    cluster.credentials = Optional.of(made);
    return cluster.started();
  }

  /** A set of credentials for these masters, made so long ago for one day. */
  Credentials credentials(String folder, Duration ago) throws Exception {
    return Credentials.create(directory.resolve(folder), master(0, Profile.MODERN), ago);
  }

  private EtcdCluster started() throws Exception {
    boolean up = false;
    try {
      for (Place place : places) {
        members.add(
            Etcd.start(
                directory, place.name, local(place), flags(place, "new", initial(), "test")));
      }
      await();
      up = true;
      return this;
    } finally {
      if (!up) {
        close();
      }
    }
  }

  /** Waits until all members that were started answer through consensus. */
  void await() throws IOException, InterruptedException {
    for (int n = 0; n < members.size(); n++) {
      untilDone(n, "get", "health");
    }
  }

  private String untilDone(int host, String... words) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Command ended = tryCtl(host, words);
    while (ended.code() != 0) {
      if (System.nanoTime() > end) {
        throw new AssertionError(ended + "\n" + members.get(host).log());
      }
      TimeUnit.MILLISECONDS.sleep(100);
      ended = tryCtl(host, words);
    }
    return ended.output();
  }

  private String initial() {
    return places.stream()
        .map(place -> place.name + "=" + peer(place))
        .collect(Collectors.joining(","));
  }

  private List<String> flags(Place place, String state, String initial, String token) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--listen-client-urls=" + local(place),
                "--advertise-client-urls=" + remote(place),
                "--listen-peer-urls=" + peer(place),
                "--initial-advertise-peer-urls=" + peer(place),
                "--initial-cluster=" + initial,
                "--initial-cluster-state=" + state,
                "--initial-cluster-token=" + token,
                "--logger=zap"));
    flags.addAll(more);
    credentials.ifPresent(made -> flags.addAll(made.flags(place.name)));
    return flags;
  }

  private String scheme() {
    return credentials.isPresent() ? "https" : "http";
  }

  private String local(Place place) {
    return scheme() + "://" + ADDRESS + ":" + place.client;
  }

  private String remote(Place place) {
    String host = clients == Clients.ANYWHERE ? ADDRESS : NOBODY;
    return scheme() + "://" + host + ":" + place.client;
  }

  private String peer(Place place) {
    return scheme() + "://" + ADDRESS + ":" + place.peer;
  }

  /** The masters' names. */
  List<String> names() {
    return places.stream().map(Place::name).toList();
  }

  /** Where other hosts ask a member. */
  String url(int member) {
    return remote(places.get(member));
  }

  /** The member of a host, from 0 on. */
  Etcd member(int host) {
    return members.get(host);
  }

  /** The member that leads, as a reachable one says. */
  int leader() throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    do {
      for (int n = 0; n < members.size(); n++) {
        // The last but four of: endpoint, id, version, size, leader, learner, term, index, applied,
        // errors.
        Command status = tryCtl(n, "endpoint", "status", "-w", "simple");
        if (status.code() == 0 && status.output().split(", ", -1)[4].equals("true")) {
          return n;
        }
      }
    } while (System.nanoTime() < end);
    throw new AssertionError("nobody leads");
  }

  /** A member that runs beside the others' list: added, and started unless {@code unborn}. */
  String add(boolean learner, boolean unborn) throws IOException, InterruptedException {
    Place place = new Place("master-" + (places.size() + 1), Ports.next(), Ports.next());
    List<String> words = new ArrayList<>(List.of("member", "add", place.name));
    words.add("--peer-urls=" + peer(place));
    if (learner) {
      words.add("--learner");
    }
    // It is refused until the members have been connected for five seconds.
    String added = untilDone(0, words.toArray(String[]::new));
    if (!unborn) {
      places.add(place);
      members.add(
          Etcd.start(
              directory, place.name, local(place), flags(place, "existing", initial(), "test")));
    }
    // "Member 8e9e05c52164694d added to cluster …"
    return added.split(" ", -1)[1];
  }

  /** The flags by which a member forms a cluster of its own at the same addresses. */
  List<String> secession(int host) {
    Place place = places.get(host);
    return flags(place, "new", place.name + "=" + peer(place), "other");
  }

  /** What etcdctl says of one member; it must succeed. */
  String ctl(int host, String... arguments) throws IOException, InterruptedException {
    Command ended = tryCtl(host, arguments);
    if (ended.code() != 0) {
      throw new AssertionError("etcdctl " + String.join(" ", arguments) + ": " + ended);
    }
    return ended.output();
  }

  Command tryCtl(int host, String... arguments) throws IOException, InterruptedException {
    List<Object> argv =
        new ArrayList<>(List.of("etcdctl", "--endpoints", members.get(host).client));
    credentials.ifPresent(
        made -> {
          Tls tls = made.client(places.get(host).name);
          argv.addAll(List.of("--cacert", tls.ca(), "--cert", tls.certificate()));
          argv.addAll(List.of("--key", tls.key()));
        });
    argv.addAll(List.of(arguments));
    return Command.ended(Map.of("ETCDCTL_API", "3"), argv.toArray());
  }

  /** A host as its daemon is configured, asking etcd by these files where it wants certificates. */
  Master host(int host, Optional<Tls> tls) {
    Master master = master(host, credentials.isPresent() ? Profile.MODERN : Profile.SEED);
    Place own = places.get(host);
    return new Master(
        master.profile(),
        master.node(),
        master.cluster(),
        master.manifests(),
        credentials
            .map(
                made ->
                    new CredentialSettings(
                        made.directory().resolve(own.name), Duration.ofDays(0), Duration.ofDays(0)))
            .orElse(master.credentials()),
        master.kubelet(),
        new EtcdSettings(
            Optional.of(local(own)),
            places.stream().filter(place -> !place.equals(own)).map(this::remote).toList(),
            tls,
            Attest.ALWAYS,
            Duration.ofSeconds(10),
            EtcdLimits.DEFAULT),
        master.apiserver(),
        master.backup(),
        master.repair());
  }

  /** A host as its daemon is configured. */
  Master host(int host) {
    return host(host, credentials.map(made -> made.client(places.get(host).name)));
  }

  private Master master(int host, Profile profile) {
    Map<String, String> masters = new LinkedHashMap<>();
    IntStream.range(0, places.size()).forEach(n -> masters.put(places.get(n).name, ADDRESS));
    Cluster cluster =
        new Cluster(
            "test",
            masters,
            Optional.empty(),
            "10.96.0.0/12",
            "10.244.0.0/16",
            "cluster.local",
            new Cluster.Etcd(
                directory.resolve(places.get(host).name),
                Optional.empty(),
                false,
                "test",
                Optional.empty(),
                false));
    return Master.watched(
        profile,
        new Master.Node(places.get(host).name, ADDRESS),
        cluster,
        new ManifestSettings(
            directory.resolve("manifests"),
            List.of(),
            false,
            false,
            directory.resolve("docker.sock")),
        new CredentialSettings(profile.credentials(), Duration.ofDays(0), Duration.ofDays(0)),
        new KubeletSettings(directory.resolve("kubelet")));
  }

  @Override
  public void close() {
    members.forEach(Etcd::close);
  }
}
