package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.observe.manifest.KubeletSeen;
import io.hasupervisor.observe.manifest.KubeletSeen.Container;
import io.hasupervisor.observe.manifest.KubeletSeen.Waiting;
import io.hasupervisor.observe.manifest.PodSeen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How often the kubelet is asked: a look is made for ever. */
final class SecondLookTest {
  private static final String POD = "kube-system/etcd-m1";

  private static final Map<String, PodSeen> FOUND =
      Map.of("etcd", new PodSeen(POD, Optional.empty(), List.of()));

  private final FakeManifests world = new FakeManifests(new HandClock());
  private final SecondLook look = new SecondLook(world);

  private static KubeletSeen said(Optional<Waiting> waiting) {
    return new KubeletSeen(
        Optional.empty(),
        Map.of(
            POD,
            List.of(
                new Container(
                    "etcd",
                    "e",
                    0,
                    waiting.isEmpty(),
                    Optional.empty(),
                    waiting,
                    Optional.empty()))));
  }

  private int askedIn(int looks, boolean trouble) {
    int before = world.kubeletAsked.get();
    for (int i = 0; i < looks; i++) {
      look.of(FOUND, trouble);
    }
    return world.kubeletAsked.get() - before;
  }

  @Test
  void everyThirdLookAsksWhileAllIsWell() {
    world.kubelet = said(Optional.empty());
    assertEquals(3, askedIn(9, false));
    assertEquals(
        Map.of("etcd", new PodSeen(POD, Optional.empty(), List.of()).with(world.kubelet)),
        look.of(FOUND, false));
  }

  @Test
  void everyLookAsksInTrouble() {
    world.kubelet = said(Optional.empty());
    assertEquals(9, askedIn(9, true));
  }

  @Test
  void everyLookAsksWhileTheKubeletWaits() {
    world.kubelet = said(Optional.of(new Waiting("CrashLoopBackOff", "")));
    assertEquals(9, askedIn(9, false));
  }

  @Test
  void aKubeletThatDoesNotAnswerIsAskedRarelyEvenInTrouble() {
    world.kubelet = new KubeletSeen(Optional.of("refused"), Map.of());
    assertEquals(3, askedIn(9, true));
  }

  @Test
  void withoutPodsNothingIsAsked() {
    for (int i = 0; i < 5; i++) {
      assertTrue(look.of(Map.of(), true).isEmpty());
    }
    assertEquals(0, world.kubeletAsked.get());
  }
}
