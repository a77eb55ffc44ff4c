package io.hasupervisor.act.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.decide.Outcome;
import io.hasupervisor.decide.worker.FileEdit;
import io.hasupervisor.decide.worker.Joining.Planned;
import io.hasupervisor.host.Entries;
import io.hasupervisor.host.ProcessLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JoinerTest {
  private static final String LB = "https://10.0.0.10:6443";
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final FakeUnits units = new FakeUnits();
  private final List<String> said = new ArrayList<>();
  private Duration now = Duration.ZERO;
  private Path state;
  private Path kubelet;
  private Path proxy;
  private Path config;

  /** What kill -9 is to a test: nothing that follows is done. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @BeforeEach
  void files() throws IOException {
    state = Files.createDirectories(directory.resolve("state"));
    Path etc = Files.createDirectories(directory.resolve("etc"));
    kubelet = Files.writeString(etc.resolve("kubelet"), "old é\n", StandardCharsets.ISO_8859_1);
    Files.setPosixFilePermissions(kubelet, PosixFilePermissions.fromString("rw-r-----"));
    proxy = Files.writeString(etc.resolve("kube-proxy"), "old proxy\n");
    config = etc.resolve("conf.d/50-worker.yaml");
  }

  private Planned plan() {
    return new Planned(
        List.of(
            new FileEdit(kubelet, Optional.of("old é\n"), "new é\n"),
            new FileEdit(proxy, Optional.of("old proxy\n"), "new proxy\n"),
            new FileEdit(config, Optional.empty(), "role: worker\n")),
        List.of("kubelet", "kube-proxy"),
        List.of());
  }

  private Joiner joiner(JoinFolder.Steps steps) {
    return new Joiner(
        new JoinFolder(state, steps),
        units,
        () -> now,
        () -> now = now.plusSeconds(1),
        () -> NOON,
        said::add);
  }

  private boolean join(JoinFolder.Steps steps) throws IOException, InterruptedException {
    try (ProcessLock _ = new JoinFolder(state).lock()) {
      return joiner(steps).join(LB, plan(), List.of(), Optional::empty, LIMIT);
    }
  }

  private static String message(IOException failed) {
    return String.valueOf(failed.getMessage());
  }

  private boolean join() throws IOException, InterruptedException {
    return join(_ -> {});
  }

  /** The files' contents, one letter each: o(ld), n(ew), or - where there is none. */
  private String contents() throws IOException {
    return content(kubelet, "old é\n", "new é\n")
        + content(proxy, "old proxy\n", "new proxy\n")
        + (Files.exists(config) ? content(config, "", "role: worker\n") : "-");
  }

  private static String content(Path file, String old, String now) throws IOException {
    String found = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertTrue(List.of(old, now).contains(found), file + " is neither: " + found);
    return found.equals(now) ? "n" : "o";
  }

  private List<String> kept() throws IOException {
    return Entries.of(state.resolve("worker")).stream()
        .map(it -> it.getFileName().toString())
        .toList();
  }

  private static void leavesNothingBeside(Path directory) throws IOException {
    for (Path entry : Entries.of(directory)) {
      assertFalse(entry.getFileName().toString().startsWith("."), entry.toString());
    }
  }

  @Test
  void joinsAndKeepsWhatWasBefore() throws Exception {
    assertTrue(join());
    assertEquals("nnn", contents());
    assertEquals(List.of("kubelet", "kube-proxy"), units.restarted);
    assertEquals(
        "rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(kubelet)));
    assertEquals(
        List.of("last-join.json", "lock"),
        kept().stream().filter(name -> !name.contains("20261125T120000.000Z")).toList());
    assertEquals(4, kept().size());
    for (Path each : Entries.of(state.resolve("worker"))) {
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(each)));
    }
    leavesNothingBeside(directory.resolve("etc"));
  }

  /** As with kill -9 after each step that is on the disk: what comes next puts all right. */
  @Test
  void isWholeWhereverItIsBrokenOff() throws Exception {
    List<String> steps = new ArrayList<>();
    assertTrue(join(steps::add));
    assertEquals(
        List.of(
            "kept kubelet",
            "kept kube-proxy",
            "noted",
            "written kubelet",
            "written kube-proxy",
            "written 50-worker.yaml",
            "finished"),
        steps);
    assertTrue(joiner(_ -> {}).restore(LIMIT));
    for (String last : steps) {
      for (boolean again : List.of(true, false)) {
        assertEquals("oo-", contents());
        units.restarted.clear();
        assertThrows(
            Killed.class,
            () ->
                join(
                    step -> {
                      if (step.equals(last)) {
                        throw new Killed();
                      }
                    }));
        contents();
        if (again && !last.equals("finished")) {
          Optional<List<String>> unfinished = joiner(_ -> {}).tidy();
          assertEquals(!last.startsWith("kept"), unfinished.isPresent(), "known after: " + last);
          assertEquals("oo-", contents(), last);
          assertTrue(
              joiner(_ -> {})
                  .join(LB, plan(), unfinished.orElse(List.of()), Optional::empty, LIMIT));
          assertEquals("nnn", contents());
        }
        boolean something = joiner(_ -> {}).restore(LIMIT);
        assertEquals(again || !last.startsWith("kept"), something, last);
        assertEquals("oo-", contents(), last);
        assertEquals(
            List.of(), kept().stream().filter(name -> name.endsWith(".json")).toList(), last);
        leavesNothingBeside(directory.resolve("etc"));
        // A kubelet that may have read the new file is started anew with the old one.
        assertEquals(something, units.restarted.contains("kubelet"), last);
      }
    }
  }

  @Test
  void isWholeWhereverTakingBackIsBrokenOff() throws Exception {
    for (String last :
        List.of("put back 50-worker.yaml", "put back kube-proxy", "put back kubelet")) {
      assertTrue(join());
      assertThrows(
          Killed.class,
          () ->
              joiner(
                      step -> {
                        if (step.equals(last)) {
                          throw new Killed();
                        }
                      })
                  .restore(LIMIT));
      contents();
      assertTrue(joiner(_ -> {}).restore(LIMIT));
      assertEquals("oo-", contents());
    }
  }

  /** A write that was broken off leaves a file beside it, which may hold keys. */
  @Test
  void whatABrokenWriteLeftBesideIsRemoved() throws Exception {
    assertThrows(
        Killed.class,
        () ->
            join(
                step -> {
                  if (step.equals("noted")) {
                    throw new Killed();
                  }
                }));
    Files.writeString(kubelet.resolveSibling(".kubelet.new"), "half");
    assertTrue(joiner(_ -> {}).restore(LIMIT));
    leavesNothingBeside(directory.resolve("etc"));
  }

  @Test
  void aClientThatDoesNotConnectIsPutBackAndRestarted() throws Exception {
    units.connected = () -> false;
    assertFalse(join());
    assertEquals("oo-", contents());
    assertEquals(List.of("kubelet", "kubelet", "kube-proxy"), units.restarted);
    assertTrue(
        said.contains("failed: kubelet did not connect to the load balancer within 60 s"),
        said.toString());
    assertEquals("kube-proxy is well again", said.getLast());
    assertEquals(List.of("lock"), kept());
  }

  @Test
  void aRefusedRestartIsPutBack() throws Exception {
    units.order = new Outcome.Failed("held by alice");
    IOException failed = assertThrows(IOException.class, this::join);
    assertEquals("oo-", contents());
    assertEquals(
        "all files are as before, but kubelet was not restarted: held by alice; see: ha-supervisor"
            + " status",
        message(failed));
  }

  @Test
  void aKubeletThatDiesOfItIsPutBack() throws Exception {
    units.lives = () -> units.restarted.size() != 1;
    assertFalse(join());
    assertEquals("oo-", contents());
    assertTrue(said.contains("failed: kubelet did not run within 60 s"), said.toString());
  }

  @Test
  void anUnwellKubeletIsNotTakenForJoined() throws Exception {
    units.unwell =
        () -> units.restarted.size() == 1 ? Optional.of("healthz: 500") : Optional.empty();
    assertFalse(join());
    assertTrue(
        said.contains("failed: kubelet was not well (healthz: 500) within 60 s"), said.toString());
  }

  /** As on a full disk: the file before it is changed already. */
  @Test
  void aFileThatCannotBeWrittenPutsTheOthersBackWithoutARestart() throws Exception {
    Path inTheWay = Files.createDirectories(proxy.resolveSibling(".kube-proxy.new/x"));
    assertFalse(join());
    assertEquals("oo-", contents());
    assertEquals(List.of(), units.restarted);
    assertTrue(said.getFirst().startsWith("failed: " + inTheWay.getParent()), said.toString());
  }

  @Test
  void aWrongConfigurationIsTakenBackBeforeAnythingIsRestarted() throws Exception {
    try (ProcessLock _ = new JoinFolder(state).lock()) {
      Optional<String> wrong = Optional.of("it is wrong");
      assertFalse(joiner(_ -> {}).join(LB, plan(), List.of(), () -> wrong, LIMIT));
    }
    assertEquals("oo-", contents());
    assertEquals(List.of(), units.restarted);
  }

  @Test
  void aFileThatSomebodyChangedMeanwhileIsNotWritten() throws Exception {
    Files.writeString(kubelet, "by hand\n");
    IOException failed = assertThrows(IOException.class, this::join);
    assertEquals(kubelet + " has changed meanwhile: look again", message(failed));
    assertEquals("by hand\n", Files.readString(kubelet));
    assertEquals("old proxy\n", Files.readString(proxy));
  }

  @Test
  void aFileThatSomebodyChangedSinceIsNotPutBackOverHisWork() throws Exception {
    assertTrue(join());
    Files.writeString(kubelet, "by hand\n");
    IOException failed = assertThrows(IOException.class, () -> joiner(_ -> {}).restore(LIMIT));
    assertTrue(
        message(failed).startsWith(kubelet + " was changed by somebody since 2026-11-25T12:00:00Z"),
        message(failed));
    assertTrue(
        message(failed).endsWith("rm " + state.resolve("worker/last-join.json")), message(failed));
    assertEquals("by hand\n", Files.readString(kubelet));
  }

  @Test
  void aLinkIsNeverWrittenThrough() throws Exception {
    Path target = Files.move(kubelet, kubelet.resolveSibling("target"));
    Files.createSymbolicLink(kubelet, target);
    IOException failed = assertThrows(IOException.class, this::join);
    assertEquals(kubelet + " is a symbolic link, not a regular file", message(failed));
    assertTrue(Files.isSymbolicLink(kubelet));
    assertTrue(Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void aDamagedNoteIsToldAndNothingIsTouched() throws Exception {
    assertTrue(join());
    Path note = state.resolve("worker/last-join.json");
    Files.writeString(note, "{\"schema\":2}");
    IOException failed = assertThrows(IOException.class, () -> joiner(_ -> {}).restore(LIMIT));
    assertEquals(
        note
            + " cannot be read (its schema is not 1): look at the files kept beside it, and remove"
            + " it",
        message(failed));
    assertEquals("nnn", contents());
  }

  @Test
  void aDamagedCopyIsNotPutBack() throws Exception {
    assertTrue(join());
    for (Path each : Entries.of(state.resolve("worker"))) {
      if (each.toString().contains("etc-kubelet")) {
        Files.writeString(each, "half");
      }
    }
    IOException failed = assertThrows(IOException.class, () -> joiner(_ -> {}).restore(LIMIT));
    assertTrue(message(failed).contains(" is damaged: "), message(failed));
    assertEquals("new é\n", Files.readString(kubelet, StandardCharsets.ISO_8859_1));
  }

  @Test
  void twoDoNotJoinAtOnce() throws Exception {
    JoinFolder folder = new JoinFolder(state);
    try (ProcessLock _ = folder.lock()) {
      assertThrows(ProcessLock.Held.class, folder::lock);
    }
  }

  @Test
  void thereIsNothingToRestoreWhereNothingWasDone() throws Exception {
    assertFalse(joiner(_ -> {}).restore(LIMIT));
    assertEquals(List.of(), units.restarted);
  }
}
