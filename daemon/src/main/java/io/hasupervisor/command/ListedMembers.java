package io.hasupervisor.command;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.EtcdId;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.MemberEvidence;
import io.hasupervisor.observe.etcd.MemberList;
import io.hasupervisor.observe.etcd.MemberSeen;
import io.hasupervisor.publish.Plain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The member lists of one round: each once, with all who gave it, proven ones first.
 *
 * @param round for who is who, and what was proven
 */
record ListedMembers(EtcdRound round, List<Listed> lists) {
  private static final int WORD = 200;
  private static final List<String> HEAD =
      List.of("MEMBER", "ID", "DECIMAL", "STATE", "PEER URLS", "CLIENT URLS");

  /** A list, and who gave the same. */
  record Listed(EtcdId cluster, List<MemberSeen> members, List<MemberList> given) {}

  static ListedMembers of(EtcdRound round) {
    Map<List<Object>, List<MemberList>> same = new LinkedHashMap<>();
    for (MemberList list : round.lists()) {
      same.computeIfAbsent(List.of(list.cluster(), sorted(list)), _ -> new ArrayList<>()).add(list);
    }
    ListedMembers unsorted =
        new ListedMembers(
            round,
            same.values().stream()
                .map(
                    given ->
                        new Listed(given.getFirst().cluster(), sorted(given.getFirst()), given))
                .toList());
    return new ListedMembers(
        round,
        unsorted.lists.stream()
            .sorted(Comparator.comparing(list -> !unsorted.proven(list)))
            .toList());
  }

  private static List<MemberSeen> sorted(MemberList list) {
    return list.members().stream()
        .sorted(Comparator.comparing(MemberSeen::name).thenComparing(MemberSeen::id))
        .toList();
  }

  /** Whether it went through consensus, or a giver proved quorum in the same round. */
  boolean proven(Listed list) {
    return list.given().stream().anyMatch(given -> given.linearizable() || serves(given.by()));
  }

  private boolean serves(EtcdId giver) {
    return round.members().stream()
        .anyMatch(it -> it.linearizable().ok() && it.id().filter(giver::equals).isPresent());
  }

  /** For people. */
  String text() {
    StringBuilder text = new StringBuilder();
    if (lists.size() > 1) {
      text.append("the members disagree: ").append(lists.size()).append(" lists\n\n");
    }
    for (Listed list : lists) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(HEAD);
      list.members().forEach(member -> rows.add(row(member)));
      text.append(
          "cluster %s (%s), %s; given by %s%n%n"
              .formatted(
                  list.cluster(),
                  list.cluster().decimal(),
                  proven(list) ? "proven" : "not proven",
                  String.join(", ", givers(list))));
      Columns.of(rows).forEach(line -> text.append(line).append('\n'));
      text.append('\n');
    }
    silent()
        .forEach((url, why) -> text.append(url).append(" gave none: ").append(why).append('\n'));
    return text.toString().stripTrailing() + "\n";
  }

  private List<String> row(MemberSeen member) {
    return List.of(
        member.name().isEmpty() ? "-" : Plain.line(member.name(), WORD),
        member.id().toString(),
        member.id().decimal(),
        state(member),
        urls(member.peerUrls()),
        urls(member.clientUrls()));
  }

  private String state(MemberSeen member) {
    List<String> words = new ArrayList<>();
    words.add(member.learner() ? "learner" : "voter");
    if (!member.started()) {
      words.add("never started");
    }
    if (own(member.id())) {
      words.add("this host");
    }
    return String.join(", ", words);
  }

  private boolean own(EtcdId id) {
    return round.own().flatMap(MemberEvidence::id).filter(id::equals).isPresent();
  }

  private static String urls(List<String> urls) {
    return urls.isEmpty() ? "-" : Plain.line(String.join(",", urls), WORD);
  }

  private List<String> givers(Listed list) {
    Map<EtcdId, String> names =
        list.members().stream()
            .collect(Collectors.toMap(MemberSeen::id, MemberSeen::name, (a, _) -> a));
    return list.given().stream()
        .map(
            given -> {
              String name = names.getOrDefault(given.by(), "");
              return (name.isEmpty() ? given.by().toString() : Plain.line(name, WORD))
                  + (given.linearizable() ? " through consensus" : "");
            })
        .toList();
  }

  /** Who gave none, and why; by URL. */
  private Map<String, String> silent() {
    Set<EtcdId> spoke =
        round.lists().stream().map(MemberList::by).collect(Collectors.toCollection(TreeSet::new));
    Map<String, String> silent = new LinkedHashMap<>();
    for (MemberEvidence member : round.members()) {
      if (member.id().filter(spoke::contains).isEmpty()) {
        silent.put(Plain.line(member.url(), WORD), why(member));
      }
    }
    return silent;
  }

  /** Why a member gave no list. */
  static String why(MemberEvidence member) {
    if (member.closed()) {
      return "it serves clients on loopback only";
    }
    return Optional.of(member.serializable())
        .filter(answer -> !answer.ok())
        .map(ListedMembers::why)
        .orElse("it was not asked, or did not answer");
  }

  private static String why(Answer<?> answer) {
    return switch (answer) {
      case Answer.Got<?> _ -> "answered";
      case Answer.Failed<?> failed -> Plain.line(failed.detail(), WORD);
      case Answer.NotAsked<?> not -> Plain.line(not.why(), WORD);
    };
  }

  /** For programs. */
  String json() {
    ObjectNode root = new JsonMapper().createObjectNode();
    root.put("agree", lists.size() == 1);
    ArrayNode all = root.putArray("lists");
    for (Listed list : lists) {
      ObjectNode node = all.addObject();
      node.put("clusterId", list.cluster().decimal()).put("proven", proven(list));
      ArrayNode by = node.putArray("givenBy");
      list.given().forEach(given -> by.add(given.by().decimal()));
      ArrayNode members = node.putArray("members");
      list.members().forEach(member -> write(members.addObject(), member));
    }
    ObjectNode silent = root.putObject("gaveNone");
    silent().forEach(silent::put);
    return root.toPrettyString() + "\n";
  }

  private void write(ObjectNode node, MemberSeen member) {
    node.put("id", member.id().decimal())
        .put("hex", member.id().toString())
        .put("name", member.name())
        .put("own", own(member.id()))
        .put("learner", member.learner())
        .put("started", member.started());
    ArrayNode peers = node.putArray("peerUrls");
    member.peerUrls().forEach(peers::add);
    ArrayNode clients = node.putArray("clientUrls");
    member.clientUrls().forEach(clients::add);
  }
}
