package io.hasupervisor.assess.masters;

import io.hasupervisor.assess.masters.Difference.Kind;
import io.hasupervisor.assess.masters.Difference.Side;
import io.hasupervisor.observe.credential.Fingerprints;
import io.hasupervisor.observe.credential.SharedFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Compares what masters say of themselves. */
final class Differences {
  private final List<MasterView> masters;
  private final Duration now;
  private final List<Difference> found = new ArrayList<>();

  private Differences(List<MasterView> masters, Duration now) {
    this.masters = masters;
    this.now = now;
  }

  /** All there are now among those that speak; what one of them does not say is not compared. */
  static List<Difference> of(List<MasterView> masters, Duration now) {
    Differences all = new Differences(masters.stream().filter(MasterView::speaks).toList(), now);
    all.secrets();
    all.compare(Kind.SUPERVISOR, word -> said(word.host().supervisor()));
    all.compare(Kind.ETCD, word -> said(word.etcdVersion()));
    all.compare(Kind.MANIFESTS, word -> word.host().manifests().map(String::valueOf));
    return all.found;
  }

  /**
   * Fingerprints of two masters can be compared only where both have the same signing key: with
   * another one all of them differ.
   */
  private void secrets() {
    for (String signing : Fingerprints.SIGNING_KEYS) {
      Map<String, List<MasterView>> byKey = new TreeMap<>();
      masters.forEach(
          master ->
              secret(master, signing)
                  .ifPresent(
                      key -> byKey.computeIfAbsent(key, _ -> new ArrayList<>()).add(master)));
      byKey.remove(Fingerprints.ABSENT);
      List<MasterView> keyed = byKey.values().stream().flatMap(List::stream).toList();
      add(Kind.SECRET, signing, keyed, master -> secret(master, signing));
      byKey.values().forEach(group -> others(signing, group));
    }
  }

  private void others(String signing, List<MasterView> group) {
    Collection<String> names = new TreeSet<>();
    group.forEach(master -> names.addAll(master.word().orElseThrow().host().secrets().keySet()));
    names.remove(signing);
    names.forEach(name -> add(Kind.SECRET, name, group, master -> secret(master, name)));
  }

  private static Optional<String> secret(MasterView master, String name) {
    return master
        .word()
        .map(word -> word.host().secrets())
        .map(it -> it.get(name))
        .filter(it -> !(name.equals(SharedFiles.AUTHORITY_KEY) && it.equals(Fingerprints.ABSENT)));
  }

  private void compare(Kind kind, Function<Word, Optional<String>> value) {
    add(kind, "", masters, master -> master.word().flatMap(value));
  }

  private static Optional<String> said(String word) {
    return Optional.of(word).filter(it -> !it.isEmpty());
  }

  private void add(
      Kind kind,
      String what,
      List<MasterView> compared,
      Function<MasterView, Optional<String>> value) {
    Map<String, List<String>> byValue = new TreeMap<>();
    for (MasterView master : compared) {
      value
          .apply(master)
          .ifPresent(it -> byValue.computeIfAbsent(it, _ -> new ArrayList<>()).add(master.name()));
    }
    boolean known = found.stream().anyMatch(it -> it.kind() == kind && it.what().equals(what));
    if (byValue.size() > 1 && !known) {
      found.add(new Difference(kind, what, now, sides(byValue)));
    }
  }

  private static List<Side> sides(Map<String, List<String>> byValue) {
    return byValue.entrySet().stream()
        .map(side -> new Side(side.getKey(), side.getValue()))
        .sorted(Comparator.comparingInt((Side side) -> side.masters().size()).reversed())
        .toList();
  }
}
