package io.hasupervisor.publish;

import io.hasupervisor.assess.masters.DaemonState;
import io.hasupervisor.assess.masters.Difference;
import io.hasupervisor.observe.credential.Fingerprints;
import io.hasupervisor.publish.ClusterStatus.DifferenceStatus;
import io.hasupervisor.publish.ClusterStatus.MasterStatus;
import io.hasupervisor.publish.ClusterStatus.SaidStatus;
import io.hasupervisor.publish.ClusterStatus.SideStatus;
import io.hasupervisor.publish.Status.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The cluster as text: one row for each master, what is special about it below, then what differs.
 */
public final class ClusterText {
  private static final int LONGEST = 22;
  private static final List<String> HEADING =
      List.of("MASTER", "DAEMON", "ETCD", "APISERVER", "DOCKER", "KUBELET", "MANIFESTS");
  private static final String UNKNOWN = "-";

  private ClusterText() {}

  /** All of it. */
  public static String of(ClusterStatus it, Rendering as) {
    StringBuilder text = new StringBuilder();
    text.append(Plain.line(it.cluster(), as.width() - 34))
        .append("  ")
        .append(Colour.of(it.verdict()).paint(it.verdict().name(), as))
        .append("  seen from ")
        .append(Plain.line(it.node(), as.width()))
        .append('\n');
    StatusText.wrap(text, "", it.summary(), as);
    text.append('\n');
    List<List<String>> rows = new ArrayList<>(List.of(HEADING));
    it.masters().forEach(master -> rows.add(row(master, it.at())));
    List<Integer> widths =
        IntStream.range(0, HEADING.size())
            .mapToObj(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toList();
    text.append(line(HEADING, widths)).append('\n');
    for (int i = 0; i < it.masters().size(); i++) {
      text.append(colour(it.masters().get(i)).paint(line(rows.get(i + 1), widths), as))
          .append('\n');
      below(text, it.masters().get(i), it.at(), as);
    }
    for (DifferenceStatus difference : it.differences()) {
      text.append('\n');
      difference(text, difference, it.at(), as);
    }
    it.lock().ifPresent(lock -> lock(text, lock, it.at(), as));
    return text.toString();
  }

  private static void lock(StringBuilder text, LockStatus lock, Instant at, Rendering as) {
    text.append('\n');
    int before = text.length();
    RepairText.lock(text, lock, at, as);
    if (text.length() == before) {
      text.append(lock.readable() ? "LOCK free\n" : "LOCK not read yet\n");
    }
  }

  private static List<String> row(MasterStatus it, Instant at) {
    Optional<SaidStatus> said = it.said();
    return List.of(
        Plain.line(it.name(), LONGEST),
        daemon(it, at),
        Plain.line(it.etcd().orElse(UNKNOWN), LONGEST),
        Plain.line(it.apiserver().orElse(UNKNOWN), LONGEST),
        said(it, said.map(SaidStatus::docker)),
        said(it, said.map(SaidStatus::kubelet)),
        said(it, said.flatMap(SaidStatus::manifests).map(String::valueOf)));
  }

  private static String daemon(MasterStatus it, Instant at) {
    if (it.self()) {
      return "this host";
    }
    return speaks(it)
        ? it.heardAt().map(then -> StatusText.ago(then, at)).orElse(it.daemon())
        : it.daemon();
  }

  /** What is not of now is in brackets. */
  private static String said(MasterStatus it, Optional<String> word) {
    String plain = Plain.line(word.orElse(""), LONGEST);
    return plain.isEmpty() ? UNKNOWN : speaks(it) ? plain : "(" + plain + ")";
  }

  private static String line(List<String> row, List<Integer> widths) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> StatusText.padded(row.get(i), widths.get(i)))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private static Colour colour(MasterStatus it) {
    boolean seenWell =
        it.etcd().map(Colour::ofMember).filter(c -> c != Colour.GREEN).isEmpty()
            && it.apiserver().filter(s -> !s.equals("HEALTHY") && !s.equals("UP")).isEmpty();
    return Colour.of(speaks(it) && seenWell ? Level.OK : Level.ATTENTION);
  }

  private static boolean speaks(MasterStatus it) {
    return it.daemon().equals(DaemonState.SPEAKS.name());
  }

  private static void below(StringBuilder text, MasterStatus it, Instant at, Rendering as) {
    List<String> lines = new ArrayList<>();
    if (it.address().isEmpty()) {
      lines.add("not in this host's configuration, though its member is in this etcd cluster");
    }
    if (!speaks(it)) {
      lines.add(silence(it, at));
    }
    it.said().ifPresent(said -> lines.addAll(special(it, said)));
    lines.forEach(line -> StatusText.wrap(text, "  ", line, as));
  }

  private static String silence(MasterStatus it, Instant at) {
    if (it.said().isEmpty()) {
      return "its daemon has never been heard from here";
    }
    return it.heardAt()
        .map(then -> "last heard " + StatusText.ago(then, at) + "; what is in brackets is as old")
        .orElse("what is in brackets is of unknown age");
  }

  private static List<String> special(MasterStatus it, SaidStatus said) {
    List<String> lines = new ArrayList<>();
    if (!said.repair().isEmpty() && !said.repair().equals("none")) {
      lines.add("repair " + said.repair());
    }
    if (!it.self() && !said.etcdHealthy() && it.etcd().filter("HEALTHY"::equals).isPresent()) {
      lines.add("says itself that its etcd is not healthy");
    }
    if (!it.self()
        && !said.apiserver().isEmpty()
        && !it.apiserver().equals(Optional.of(said.apiserver()))) {
      lines.add("says itself that its apiserver is " + said.apiserver());
    }
    if (!said.worst().isEmpty()) {
      lines.add("worst there: " + said.worst());
    }
    Fingerprints.SIGNING_KEYS.stream()
        .filter(key -> Fingerprints.ABSENT.equals(said.secrets().get(key)))
        .forEach(key -> lines.add("no usable " + key + " there: its secrets cannot be compared"));
    return lines;
  }

  private static void difference(
      StringBuilder text, DifferenceStatus it, Instant at, Rendering as) {
    boolean secret = it.kind().equals(Difference.Kind.SECRET.name());
    String what =
        switch (Difference.Kind.valueOf(it.kind())) {
          case SECRET -> it.what();
          case SUPERVISOR -> "version of ha-supervisor";
          case ETCD -> "version of etcd";
          case MANIFESTS -> "revision of the manifests (each host counts its own)";
        };
    StatusText.wrap(
        text, "", "DIFFERENT: " + what + ", since " + StatusText.since(it.since(), at), as);
    for (SideStatus side : it.sides()) {
      String value =
          !secret
              ? side.value()
              : side.value().equals(Fingerprints.ABSENT) ? "none" : "one content";
      StatusText.wrap(text, "  ", value + ": " + String.join(", ", side.masters()), as);
    }
  }
}
