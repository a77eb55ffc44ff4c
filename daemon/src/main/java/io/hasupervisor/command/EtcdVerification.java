package io.hasupervisor.command;

import io.hasupervisor.observe.etcd.Answer;
import io.hasupervisor.observe.etcd.Attestation;
import io.hasupervisor.observe.etcd.EtcdRound;
import io.hasupervisor.observe.etcd.Header;
import io.hasupervisor.observe.etcd.MemberEvidence;
import io.hasupervisor.observe.etcd.MemberSeen;
import io.hasupervisor.publish.Phrases;
import io.hasupervisor.publish.Plain;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One verification by a key of this host's own.
 *
 * @param round who there is
 * @param value differs from that of every earlier run
 */
record EtcdVerification(
    EtcdSight sight, EtcdRound round, PrintWriter out, String key, String value) {
  private static final int LINE = 300;

  /** Goes through all steps; returns the exit code. */
  int run() throws InterruptedException {
    // Without a member of its own, the first one that answers stands for it.
    Optional<MemberEvidence> writer =
        round
            .own()
            .or(() -> round.members().stream().filter(it -> it.linearizable().ok()).findFirst());
    if (writer.isEmpty()) {
      bad("no member of etcd answers", "");
      round.members().forEach(member -> bad(name(member), ListedMembers.why(member)));
      return 5;
    }
    EtcdSight.Member own = sight.member(writer.get().url());
    String through = name(writer.get()) + (writer.get().own() ? ", this host's member" : "");
    if (!tidied(own, through) || !written(own, through) || !read(own, through)) {
      say("etcd does not work through " + through + "; see: ha-supervisor etcd status");
      return 5;
    }
    List<String> asked = new ArrayList<>(List.of(name(writer.get())));
    int failed = 0;
    int impossible = 0;
    for (MemberEvidence member : round.members()) {
      if (member.url().equals(writer.get().url())) {
        continue;
      }
      if (member.closed()) {
        impossible++;
        step("--", name(member) + " cannot be asked from here", loopback(member));
      } else if (read(sight.member(member.url()), name(member))) {
        asked.add(name(member));
      } else {
        failed++;
      }
    }
    boolean removed = removed(own, through);
    say(
        "etcd works, as proven through "
            + Phrases.list(asked)
            + (failed > 0 ? "; failed: " + failed : "")
            + (impossible > 0 ? "; not to be asked from here: " + impossible : ""));
    return failed > 0 || !removed ? 4 : 0;
  }

  private boolean tidied(EtcdSight.Member own, String through) throws InterruptedException {
    Answer<Map<String, byte[]>> there = own.list(key);
    if (there.got().isEmpty()) {
      bad("could not read through " + through, why(there));
      return false;
    }
    if (there.got().get().containsKey(key)) {
      Answer<Header> gone = own.delete(key);
      if (!gone.ok()) {
        bad("could not remove what an interrupted run left behind", why(gone));
        return false;
      }
      good("removed what an interrupted run left behind", gone);
    }
    return true;
  }

  private boolean written(EtcdSight.Member own, String through) throws InterruptedException {
    Answer<Header> answer = own.put(key, value.getBytes(StandardCharsets.UTF_8));
    if (!answer.ok()) {
      bad("could not write through " + through, why(answer));
      return false;
    }
    good("wrote " + key + " through " + through, answer);
    return true;
  }

  private boolean read(EtcdSight.Member member, String name) throws InterruptedException {
    Answer<Map<String, byte[]>> answer = member.list(key);
    if (!answer.ok()) {
      bad("could not read through " + name, why(answer));
      return false;
    }
    String found =
        Optional.ofNullable(answer.got().orElse(Map.of()).get(key))
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .orElse("");
    if (!found.equals(value)) {
      bad(
          "read through " + name,
          found.isEmpty()
              ? "the key is not there: is it a member of another cluster?"
              : "another value: does a second verify run on this host?");
      return false;
    }
    good("read it through " + name, answer);
    return true;
  }

  private boolean removed(EtcdSight.Member own, String through) throws InterruptedException {
    Answer<Header> answer = own.delete(key);
    if (!answer.ok()) {
      bad("could not remove it through " + through, why(answer) + "; the next run does");
      return false;
    }
    good("removed it through " + through, answer);
    return true;
  }

  private String loopback(MemberEvidence member) {
    Optional<Attestation> attested =
        round.attestations().got().stream()
            .flatMap(List::stream)
            .filter(it -> member.id().filter(it.member()::equals).isPresent())
            .findFirst();
    return "it serves clients on loopback only; "
        + attested
            .map(
                it ->
                    "its daemon last wrote at %s that it is %s (revision %d)"
                        .formatted(it.at(), it.healthy() ? "well" : "not well", it.revision()))
            .orElse("its daemon has written nothing of it: run this there");
  }

  private static String name(MemberEvidence member) {
    return Plain.line(
        member.listed().map(MemberSeen::name).filter(it -> !it.isEmpty()).orElse(member.url()),
        LINE);
  }

  private static String why(Answer<?> answer) {
    return switch (answer) {
      case Answer.Got<?> _ -> "";
      case Answer.Failed<?> failed ->
          Plain.line(failed.detail(), LINE) + " (after " + millis(failed.took()) + ")";
      case Answer.NotAsked<?> not -> Plain.line(not.why(), LINE);
    };
  }

  private void good(String what, Answer<?> answer) {
    String took = answer instanceof Answer.Got<?> got ? " in " + millis(got.took()) : "";
    say("ok  " + what + took);
  }

  private void bad(String what, String why) {
    step("!!", what, why);
  }

  private void step(String mark, String what, String why) {
    say(mark + "  " + what + (why.isEmpty() ? "" : ": " + why));
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  private static String millis(Duration took) {
    return took.toMillis() + " ms";
  }
}
