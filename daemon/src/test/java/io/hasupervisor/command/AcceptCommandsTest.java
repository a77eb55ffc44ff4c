package io.hasupervisor.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import io.hasupervisor.host.DirectoryLock;
import io.hasupervisor.loop.EtcdMemory;
import io.hasupervisor.observe.hostfiles.DataMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes a safeguard away is shown first, and done only where it is meant. */
final class AcceptCommandsTest {
  private static final String PROVEN =
      """
      {"schema":1,"proven":{"clusterId":"cdf818194e3a8c32","memberId":"8e9e05c52164694d",
       "revision":812233,"raftIndex":9,"raftTerm":4,"at":"2026-11-25T12:00:00Z"}}
      """;

  @TempDir Path directory;
  private EtcdBed bed;

  @BeforeEach
  void bed() throws Exception {
    bed = new EtcdBed(directory);
  }

  private static AcceptRestoreCommand restore(boolean yes) {
    AcceptRestoreCommand command = new AcceptRestoreCommand();
    command.consent.yes = yes;
    return command;
  }

  private static AcceptEmptyCommand empty(boolean yes) {
    AcceptEmptyCommand command = new AcceptEmptyCommand();
    command.consent.yes = yes;
    return command;
  }

  private void remembered(String content) throws IOException {
    Files.writeString(EtcdMemory.path(bed.state), content);
  }

  @Test
  void withoutYesARestoreIsOnlySaidToBeForgotten() throws Exception {
    remembered(PROVEN);
    assertEquals(1, bed.run(restore(false)));
    assertTrue(
        bed.out
            .toString()
            .startsWith(
                "would be forgotten: revision 812233 of cluster cdf818194e3a8c32 (term 4), proven"
                    + " to this host at 2026-11-25T12:00:00Z\n"),
        bed.out::toString);
    assertTrue(bed.err.toString().contains("the same again with --yes"), bed.err::toString);
    assertEquals(List.of(), bed.heard);
    assertTrue(Files.exists(EtcdMemory.path(bed.state)));
  }

  @Test
  void aDaemonThatRunsIsToldAndItsWordIsPassedOn() throws Exception {
    remembered(PROVEN);
    bed.answer = Reply.done("forgotten: revision 812233");
    assertEquals(0, bed.run(restore(true)));
    assertEquals(List.of(new Request.AcceptRestore()), bed.heard);
    assertEquals("forgotten: revision 812233\n", bed.out.toString());
    assertTrue(Files.exists(EtcdMemory.path(bed.state)), "the daemon's file is the daemon's");
  }

  @Test
  void aDaemonsRefusalIsAFailure() throws Exception {
    bed.answer = Reply.refused("etcd's quorum is not proven now");
    assertEquals(1, bed.run(restore(true)));
    assertTrue(bed.err.toString().contains("not proven now"), bed.err::toString);
  }

  @Test
  void withoutADaemonTheFileIsForgottenUnderTheLock() throws Exception {
    remembered(PROVEN);
    try (DirectoryLock _ = DirectoryLock.take(bed.state)) {
      IOException refused = assertThrows(IOException.class, () -> bed.alone(restore(true)));
      assertTrue(String.valueOf(refused.getMessage()).contains("in use by another"));
      assertTrue(Files.exists(EtcdMemory.path(bed.state)));
    }
    assertEquals(0, bed.alone(restore(true)));
    assertTrue(bed.out.toString().contains("while no daemon runs: revision 812233"));
    assertFalse(Files.exists(EtcdMemory.path(bed.state)));
    assertEquals(0, bed.alone(restore(true)));
  }

  @Test
  void aFileThatCannotBeReadIsForgottenAllTheSame() throws Exception {
    remembered("{");
    assertEquals(1, bed.alone(restore(false)));
    assertTrue(bed.out.toString().contains("which cannot be read ("), bed.out::toString);
    assertEquals(0, bed.alone(restore(true)));
    assertFalse(Files.exists(EtcdMemory.path(bed.state)));
  }

  @Test
  void withoutYesAnEmptyDirectoryIsNotAccepted() throws Exception {
    Path mark = DataMark.memory(bed.state);
    Files.writeString(mark, "");
    assertEquals(1, bed.alone(empty(false)));
    assertTrue(bed.out.toString().startsWith("would be removed: " + mark), bed.out::toString);
    assertTrue(Files.exists(mark));
    assertEquals(0, bed.alone(empty(true)));
    assertTrue(bed.out.toString().contains("removed: " + mark), bed.out::toString);
    assertFalse(Files.exists(mark));
    assertEquals(0, bed.alone(empty(false)));
    assertTrue(bed.out.toString().endsWith("etcd may begin with an empty directory\n"));
  }
}
