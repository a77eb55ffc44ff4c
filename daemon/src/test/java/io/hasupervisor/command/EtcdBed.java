package io.hasupervisor.command;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.ControlServer;
import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.control.cli.Terminal;
import io.hasupervisor.host.Clock;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.Fault;
import io.hasupervisor.observe.etcd.Header;
import io.hasupervisor.observe.etcd.MemberEvidence;
import io.hasupervisor.observe.etcd.MemberList;
import io.hasupervisor.observe.etcd.MemberSeen;
import io.hasupervisor.observe.etcd.PeerSeen;
import io.hasupervisor.observe.etcd.ProcessSeen;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;

/**
 * A master whose etcd of three members answers as it is told to, and whose daemon, where there is
 * one, too; time passes by seconds, and only while one waits.
 */
final class EtcdBed implements EtcdSight {
  static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  static final EtcdId CLUSTER = new EtcdId(0xcdf818194e3a8c32L);
  static final Duration TOOK = Duration.ofMillis(3);

  final Path state;
  final Path socket;
  final Map<String, byte[]> store = new TreeMap<>();
  final Map<String, Fault> broken = new HashMap<>();
  final List<String> asked = new ArrayList<>();
  final List<Request> heard = new ArrayList<>();
  final List<MemberList> lists = new ArrayList<>();
  final List<Attestation> attestations = new ArrayList<>();
  final List<String> loopback = new ArrayList<>();

  /** Their peer ports answer. */
  final List<String> refusingClients = new ArrayList<>();

  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  Reply answer = Reply.done("");
  boolean interactive;
  int user;
  int seconds;
  int looks;

  /** Looks before a member list is known. */
  int unnamed;

  boolean closed;

  EtcdBed(Path root) throws IOException {
    state = Files.createDirectory(root.resolve("state"));
    socket = root.resolve("sock");
    lists.add(list(1, false));
  }

  static EtcdId id(int member) {
    return new EtcdId(0x8e9e05c521646900L + member);
  }

  static String url(int member) {
    return "http://10.0.0." + member + ":4001";
  }

  static MemberSeen seen(int member) {
    return new MemberSeen(
        id(member),
        "master-" + member,
        List.of("http://10.0.0." + member + ":2380"),
        List.of(url(member)),
        false);
  }

  static MemberList list(int by, boolean linearizable, MemberSeen... members) {
    return new MemberList(
        id(by),
        CLUSTER,
        linearizable,
        members.length == 0 ? List.of(seen(1), seen(2), seen(3)) : List.of(members));
  }

  EtcdScene scene() {
    Clock clock =
        new Clock() {
          @Override
          public Duration now() {
            return Duration.ofSeconds(1000 + seconds);
          }

          @Override
          public Instant wall() {
            return NOON.plusSeconds(seconds);
          }
        };
    Terminal terminal = new Terminal(interactive, Map.of(), () -> ++seconds < 1000);
    return new EtcdScene(user, clock, terminal, (_, _) -> this);
  }

  /** Without a daemon. */
  int alone(MasterCommand command) throws IOException, InterruptedException {
    new CommandLine(command).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    Master master = PlacementBed.master(state.resolveSibling("manifests"));
    Plan plan =
        new Plan(
            new Plan.Settings(
                "master-1",
                false,
                List.of(),
                List.of(),
                state,
                socket,
                "g",
                Duration.ofSeconds(5),
                1,
                1),
            List.of(),
            Optional.of(master),
            Optional.empty());
    return command.run(plan, master, state);
  }

  /** With one. */
  int run(MasterCommand command) throws IOException, InterruptedException {
    try (ControlServer _ =
        ControlServer.start(
            socket,
            "no-such-group",
            (request, _) -> {
              heard.add(request);
              return CompletableFuture.completedFuture(answer);
            })) {
      return alone(command);
    }
  }

  @Override
  public EtcdRound look() {
    looks++;
    List<MemberEvidence> members = List.of(evidence(1), evidence(2), evidence(3));
    return new EtcdRound(
        scene().clock().now(),
        scene().clock().wall(),
        TOOK,
        members,
        lists,
        new Answer.Got<>(attestations, TOOK),
        new Answer.NotAsked<>("a test"),
        new ProcessSeen.Unknown("a test"),
        new Answer.NotAsked<>("a test"),
        new Answer.NotAsked<>("a test"));
  }

  private MemberEvidence evidence(int member) {
    Answer<Header> read =
        Optional.ofNullable(broken.get(url(member)))
            .<Answer<Header>>map(fault -> new Answer.Failed<>(fault, "connection refused", TOOK))
            .orElseGet(() -> new Answer.Got<>(header(member), TOOK));
    Answer<StatusSeen> status =
        read.ok()
            ? new Answer.Got<>(
                new StatusSeen(
                    header(member),
                    "3.4.23",
                    Optional.of(id(2)),
                    90,
                    90,
                    20L << 20,
                    12L << 20,
                    false,
                    List.of()),
                TOOK)
            : new Answer.Failed<>(Fault.REFUSED, "connection refused", TOOK);
    return new MemberEvidence(
        url(member),
        member == 1,
        looks > unnamed ? Optional.of(seen(member)) : Optional.empty(),
        loopback.contains(url(member)),
        read,
        read,
        status,
        refusingClients.contains(url(member))
            ? new Answer.Got<>(new PeerSeen("3.4.23", List.of(), Optional.empty()), TOOK)
            : new Answer.NotAsked<>("all is well"));
  }

  private static Header header(int member) {
    return new Header(CLUSTER, id(member), 77, 4);
  }

  @Override
  public Member member(String url) {
    return new Member() {
      @Override
      public Answer<Header> put(String key, byte[] value) {
        return done("put", () -> store.put(key, value));
      }

      @Override
      public Answer<Map<String, byte[]>> list(String prefix) {
        asked.add("list " + url);
        Map<String, byte[]> found = new TreeMap<>(store);
        found.keySet().removeIf(key -> !key.startsWith(prefix));
        return broken.containsKey(url)
            ? new Answer.Failed<>(broken.get(url), "connection refused", TOOK)
            : new Answer.Got<>(found, TOOK);
      }

      @Override
      public Answer<Header> delete(String key) {
        return done("delete", () -> store.remove(key));
      }

      private Answer<Header> done(String what, Runnable change) {
        asked.add(what + " " + url);
        String fault = broken.containsKey(url) ? url : what;
        if (broken.containsKey(fault)) {
          return new Answer.Failed<>(broken.get(fault), "mvcc: database space exceeded", TOOK);
        }
        change.run();
        return new Answer.Got<>(header(1), TOOK);
      }
    };
  }

  @Override
  public void close() {
    closed = true;
  }
}
