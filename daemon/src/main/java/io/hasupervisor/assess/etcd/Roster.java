package io.hasupervisor.assess.etcd;

import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.MemberEvidence;
import io.hasupervisor.observe.etcd.MemberList;
import io.hasupervisor.observe.etcd.MemberSeen;
import io.hasupervisor.observe.etcd.StatusSeen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who belongs to the cluster, by the newest proven member list, and which evidence is whose.
 *
 * @param list empty before there is one
 * @param own id of this host's member, once it is known
 */
record Roster(Optional<MemberList> list, Optional<EtcdId> own) {

  /**
   * One member, and what was asked of it.
   *
   * @param voter whether it counts: a listed one that is no learner; before there is a list, anyone
   *     who is asked
   * @param listed its line in the list
   * @param stray whether it is known not to be in the list
   */
  record Subject(
      Optional<EtcdId> id,
      String name,
      String url,
      boolean own,
      boolean voter,
      Optional<MemberSeen> listed,
      boolean stray,
      Optional<MemberEvidence> evidence) {

    /** Under which it is remembered. */
    String key() {
      return id.map(EtcdId::toString).orElse(url);
    }

    /** For a sentence. */
    String called() {
      return name.isEmpty() ? id.map(EtcdId::toString).orElse(url) : name;
    }
  }

  /**
   * Takes over the round's list.
   *
   * @param answering members through which a linearizable read succeeded in this round: only their
   *     word counts, unless the list itself went through consensus
   */
  Roster after(EtcdRound round, Optional<EtcdId> cluster, Set<EtcdId> answering) {
    Optional<MemberList> newest =
        eligible(round, cluster, answering)
            .max(
                Comparator.comparing(MemberList::linearizable)
                    .thenComparingLong(given -> applied(round, given.by())))
            .or(() -> told(round, cluster, answering))
            .or(() -> list.filter(known -> cluster.filter(known.cluster()::equals).isPresent()));
    return new Roster(newest, ownOf(round, cluster).or(() -> own));
  }

  /** The lists of this round that are to be believed. */
  static Stream<MemberList> eligible(
      EtcdRound round, Optional<EtcdId> cluster, Set<EtcdId> answering) {
    return round.lists().stream()
        .filter(given -> cluster.filter(given.cluster()::equals).isPresent())
        .filter(given -> !given.members().isEmpty())
        .filter(given -> given.linearizable() || answering.contains(given.by()));
  }

  /** The list by which the questions were asked, where we know of none. */
  private Optional<MemberList> told(
      EtcdRound round, Optional<EtcdId> cluster, Set<EtcdId> answering) {
    List<MemberSeen> lines =
        round.members().stream().flatMap(member -> member.listed().stream()).toList();
    Optional<EtcdId> by =
        lines.stream().map(MemberSeen::id).filter(answering::contains).findFirst();
    return list.isEmpty() && cluster.isPresent()
        ? by.map(giver -> new MemberList(giver, cluster.get(), false, lines))
        : Optional.empty();
  }

  private static long applied(EtcdRound round, EtcdId member) {
    return round.members().stream()
        .flatMap(seen -> seen.status().got().stream())
        .filter(status -> status.header().member().equals(member))
        .mapToLong(StatusSeen::applied)
        .max()
        .orElse(0);
  }

  private static Optional<EtcdId> ownOf(EtcdRound round, Optional<EtcdId> cluster) {
    return round
        .own()
        .filter(
            mine -> Identity.clusters(mine).allMatch(c -> cluster.filter(c::equals).isPresent()))
        .flatMap(MemberEvidence::id);
  }

  /** Voters by the list. */
  Set<EtcdId> voters() {
    return list.stream()
        .flatMap(known -> known.members().stream())
        .filter(member -> !member.learner())
        .map(MemberSeen::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Who is to be judged in this round: the own member, then the list's, then strays. */
  List<Subject> subjects(EtcdRound round) {
    return list.map(known -> listed(known, round)).orElseGet(() -> unlisted(round));
  }

  private List<Subject> listed(MemberList known, EtcdRound round) {
    List<MemberEvidence> left = new ArrayList<>(round.members());
    List<Subject> subjects = new ArrayList<>();
    for (MemberSeen line : known.members()) {
      OptionalInt place = place(left, line);
      Optional<MemberEvidence> seen =
          place.isPresent() ? Optional.of(left.remove(place.getAsInt())) : Optional.empty();
      String url =
          seen.map(MemberEvidence::url)
              .orElse(line.clientUrls().isEmpty() ? "" : line.clientUrls().getFirst());
      boolean mine =
          seen.map(MemberEvidence::own).orElse(own.filter(line.id()::equals).isPresent());
      subjects.add(
          new Subject(
              Optional.of(line.id()),
              line.name(),
              url,
              mine,
              !line.learner(),
              Optional.of(line),
              false,
              seen));
    }
    left.stream()
        .filter(seen -> seen.own() || seen.id().isPresent())
        .filter(seen -> seen.own() || !repeats(seen, known))
        .forEach(seen -> subjects.add(stray(seen)));
    subjects.sort(Comparator.comparing(subject -> !subject.own()));
    return List.copyOf(subjects);
  }

  /** The evidence on a line: asked because of it, else answered by it, else at one of its URLs. */
  private OptionalInt place(List<MemberEvidence> left, MemberSeen line) {
    return Stream.<Predicate<MemberEvidence>>of(
            seen -> seen.own() && seen.listed().isEmpty() && isMine(seen, line),
            seen -> seen.listed().map(MemberSeen::id).filter(line.id()::equals).isPresent(),
            seen -> seen.listed().isEmpty() && seen.id().filter(line.id()::equals).isPresent(),
            seen -> seen.listed().isEmpty() && seen.id().isEmpty() && only(line, seen.url()))
        .map(
            test -> IntStream.range(0, left.size()).filter(i -> test.test(left.get(i))).findFirst())
        .filter(OptionalInt::isPresent)
        .findFirst()
        .orElse(OptionalInt.empty());
  }

  /** Whether this line alone has the URL; all have it where clients are served on loopback. */
  private boolean only(MemberSeen line, String url) {
    return line.clientUrls().contains(url)
        && list.stream()
                .flatMap(known -> known.members().stream())
                .filter(member -> member.clientUrls().contains(url))
                .count()
            == 1;
  }

  private boolean isMine(MemberEvidence seen, MemberSeen line) {
    return seen.id().or(() -> own).filter(line.id()::equals).isPresent();
  }

  private static boolean repeats(MemberEvidence seen, MemberList known) {
    return known.members().stream()
        .map(MemberSeen::id)
        .anyMatch(id -> seen.id().filter(id::equals).isPresent());
  }

  private static Subject stray(MemberEvidence seen) {
    return new Subject(
        seen.id(),
        seen.listed().map(MemberSeen::name).orElse(""),
        seen.url(),
        seen.own(),
        false,
        Optional.empty(),
        seen.id().isPresent(),
        Optional.of(seen));
  }

  /** Each endpoint is taken for a voter; two that lead to one member for one. */
  private static List<Subject> unlisted(EtcdRound round) {
    Map<String, Subject> subjects = new LinkedHashMap<>();
    for (MemberEvidence seen : round.members()) {
      Subject subject =
          new Subject(
              seen.id(),
              "",
              seen.url(),
              seen.own(),
              seen.status().got().filter(StatusSeen::learner).isEmpty(),
              Optional.empty(),
              false,
              Optional.of(seen));
      subjects.putIfAbsent(subject.key(), subject);
    }
    return List.copyOf(subjects.values());
  }
}
