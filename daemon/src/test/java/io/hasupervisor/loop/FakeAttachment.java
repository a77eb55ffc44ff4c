package io.hasupervisor.loop;

import io.hasupervisor.decide.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Notes what the loop asks of a service's eyes, probes and hands. */
final class FakeAttachment implements Attachment {
  /** In order: names of methods, and of actions. */
  final List<String> calls = new ArrayList<>();

  private boolean probing;

  /** Whether it would be probed now. */
  boolean probing() {
    return probing;
  }

  /** Names of the actions so far. */
  List<String> actions() {
    List<String> plumbing = List.of("start", "look", "probe", "stopProbing", "close");
    return calls.stream().filter(call -> !plumbing.contains(call)).toList();
  }

  @Override
  public void start() {
    calls.add("start");
  }

  @Override
  public void look() {
    calls.add("look");
  }

  @Override
  public void probe(Duration hurryFor) {
    probing = true;
    calls.add("probe");
  }

  @Override
  public void stopProbing() {
    probing = false;
    calls.add("stopProbing");
  }

  @Override
  public void carryOut(Action action, Circumstances circumstances) {
    calls.add(action.getClass().getSimpleName());
  }

  @Override
  public void close() {
    probing = false;
    calls.add("close");
  }
}
