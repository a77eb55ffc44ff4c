package io.hasupervisor.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.host.Entries;
import io.hasupervisor.host.systemd.FakeSystemd;
import io.hasupervisor.host.systemd.SystemdUnavailable;
import io.hasupervisor.host.systemd.UnitFacts;
import io.hasupervisor.host.systemd.Units;
import io.hasupervisor.observe.hostfiles.HostPaths;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The guard of docker on a host of files, with a systemd that expects what it is asked. */
final class GuardCommandTest {
  private static final String UNIT = "docker.service";
  private static final Path PLACE =
      Path.of("/etc/systemd/system/docker.service.d/50-ha-supervisor-guard.conf");

  @TempDir Path directory;
  private final FakeSystemd systemd = new FakeSystemd();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private int user;

  @BeforeEach
  void aHostWithThePackageAndUnits() throws IOException {
    Files.createDirectories(directory.resolve("etc/systemd/system"));
    Path program = directory.resolve("usr/bin/ha-supervisor");
    Files.createDirectories(program.resolveSibling("."));
    Files.writeString(program, "");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(config(), "services: {}\n");
  }

  private Path config() {
    return directory.resolve("config.yaml");
  }

  private Path file() {
    return directory.resolve(PLACE.toString().substring(1));
  }

  private GuardWorld world() {
    return new GuardWorld(new HostPaths(directory, 0), user, systemd, systemd, () -> {});
  }

  private int run(GuardStep command, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = new CommandLine(command);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int exit = line.execute(arguments);
    systemd.assertAllCalled();
    return exit;
  }

  private int enable(String... more) {
    String[] all = new String[more.length + 3];
    all[0] = "docker";
    all[1] = "--config";
    all[2] = config().toString();
    System.arraycopy(more, 0, all, 3, more.length);
    return run(new GuardEnableCommand(this::world), all);
  }

  private int disable(String... more) {
    String[] all = new String[more.length + 1];
    all[0] = "docker";
    System.arraycopy(more, 0, all, 1, more.length);
    return run(new GuardDisableCommand(this::world), all);
  }

  private int status() {
    return run(new GuardStatusCommand(this::world), "docker");
  }

  private static UnitFacts docker(Path... dropIns) {
    return Units.unit("active", "running").facts("on-failure", dropIns);
  }

  private void enabled() {
    systemd.expectFacts(UNIT, docker()).expect("reload");
    assertEquals(0, enable(), err.toString());
  }

  @Test
  void enablingWritesAFileThatSystemdMayReadAndTellsIt() throws Exception {
    enabled();
    assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    String text = Files.readString(file());
    assertTrue(
        text.contains(
            "\n"
                + "[Service]\n"
                + "ExecCondition=/bin/sh -c 'timeout -k 5 40 /usr/bin/ha-supervisor may-start"
                + " docker"),
        text);
    assertEquals(1, Entries.of(file().resolveSibling(".")).size());
  }

  @Test
  void enablingAgainChangesNothing() throws Exception {
    enabled();
    Object before = Files.getAttribute(file(), "unix:ino");
    systemd.expectFacts(UNIT, docker(PLACE));
    assertEquals(0, enable());
    assertTrue(out.toString().contains("enabled already"), out.toString());
    assertEquals(before, Files.getAttribute(file(), "unix:ino"));
  }

  @Test
  void aFileThatSystemdHasNotReadYetIsTold() {
    enabled();
    systemd.expectFacts(UNIT, docker()).expect("reload");
    assertEquals(0, enable());
  }

  @Test
  void anotherVersionsFileIsReplaced() throws Exception {
    Files.createDirectories(file().resolveSibling("."));
    Files.writeString(
        file(), "# A guard of ha-supervisor, of old\n[Service]\nExecCondition=/bin/old\n");
    enabled();
    assertFalse(Files.readString(file()).contains("/bin/old"));
  }

  @Test
  void anotherSocketIsNamed() throws Exception {
    Files.writeString(config(), "control: {socket: /srv/ha/c.sock}\n");
    enabled();
    assertTrue(
        Files.readString(file()).contains("--max-wait 20s --socket /srv/ha/c.sock; test"),
        Files.readString(file()));
  }

  @Test
  void aDryRunShowsTheFileAndWritesNothingAlsoWithoutBeingRoot() {
    user = 1000;
    systemd.expectFacts(UNIT, docker());
    assertEquals(0, enable("--dry-run"), err.toString());
    assertTrue(out.toString().contains("would be written:\n# A guard"), out.toString());
    assertFalse(Files.exists(file()));
  }

  @Test
  void onlyRootMay() {
    user = 1000;
    assertEquals(1, enable());
    assertTrue(err.toString().contains("only root may do this"), err.toString());
    assertEquals(1, disable());
    assertTrue(err.toString().contains("only root may do this"), err.toString());
  }

  private void refused(String why) {
    assertEquals(1, enable());
    assertTrue(err.toString().contains(why), err.toString());
    assertTrue(err.toString().contains("nothing was changed"), err.toString());
    assertFalse(Files.exists(file().resolveSibling(".").normalize()));
  }

  @Test
  void refusesAUnitThatDoesNotExist() {
    systemd.expectFacts(UNIT, Units.unit("inactive", "dead").load("not-found").facts());
    refused("systemd has no docker.service that could be started (not-found)");
  }

  @Test
  void refusesASystemdThatCannotAsk() {
    systemd.version = "systemd 219";
    systemd.expectFacts(UNIT, docker());
    refused("only 243 or later can ask before a start");
  }

  @Test
  void refusesWhereTheProgramThatIsToBeAskedIsNotThere() throws Exception {
    Files.delete(directory.resolve("usr/bin/ha-supervisor"));
    systemd.expectFacts(UNIT, docker());
    refused("/usr/bin/ha-supervisor, which systemd would ask, is not there");
  }

  @Test
  void withoutSystemdNothingIsDone() {
    systemd.expect("facts " + UNIT, FakeSystemd.unavailable(SystemdUnavailable.Order.NOT_GIVEN));
    assertEquals(1, enable());
    assertEquals("ha-supervisor: systemd cannot be asked: the bus is away\n", err.toString());
    assertFalse(Files.exists(file()));
  }

  @Test
  void aSystemdThatWasNotToldIsSaid() {
    systemd
        .expectFacts(UNIT, docker())
        .expect("reload", FakeSystemd.unavailable(SystemdUnavailable.Order.UNANSWERED));
    assertEquals(1, enable());
    assertTrue(err.toString().contains("do it: systemctl daemon-reload"), err.toString());
    assertTrue(Files.exists(file()));
  }

  @Test
  void aFileOfSomebodyElseIsLeftAlone() throws Exception {
    Files.createDirectories(file().resolveSibling("."));
    Files.writeString(file(), "[Service]\n");
    for (String[] more : new String[][] {{}, {"--dry-run"}}) {
      systemd.expectFacts(UNIT, docker());
      assertEquals(1, enable(more));
      assertTrue(err.toString().contains("it is left alone"), err.toString());
    }
    assertEquals(1, disable());
    assertEquals("[Service]\n", Files.readString(file()));
  }

  @Test
  void aLinkIsNotFollowed() throws Exception {
    Path elsewhere = directory.resolve("elsewhere");
    Files.writeString(elsewhere, "# A guard of ha-supervisor\n");
    Files.createDirectories(file().resolveSibling("."));
    Files.createSymbolicLink(file(), elsewhere);
    systemd.expectFacts(UNIT, docker());
    assertEquals(1, enable());
    assertEquals(1, disable());
    assertEquals("# A guard of ha-supervisor\n", Files.readString(elsewhere));
  }

  @Test
  void disablingLeavesNothingBehind() {
    enabled();
    systemd.expect("reload");
    assertEquals(0, disable(), err.toString());
    assertFalse(Files.exists(file().resolveSibling(".").normalize()));
    systemd.expectFacts(UNIT, docker());
    assertEquals(0, disable());
    assertTrue(out.toString().contains("disabled already"), out.toString());
  }

  @Test
  void disablingLeavesOtherDropIns() throws Exception {
    enabled();
    Path other = file().resolveSibling("10-proxy.conf");
    Files.writeString(other, "[Service]\n");
    assertEquals(0, disable("--dry-run"));
    assertTrue(out.toString().contains("would be removed"), out.toString());
    systemd.expect("reload");
    assertEquals(0, disable());
    assertFalse(Files.exists(file()));
    assertTrue(Files.exists(other));
  }

  @Test
  void aFileRemovedByHandIsTakenFromSystemdToo() {
    systemd.expectFacts(UNIT, docker(PLACE)).expect("reload");
    assertEquals(0, disable());
  }

  @Test
  void statusSaysWhatHoldsAndByItsExitCode() {
    systemd.expectFacts(UNIT, docker());
    assertEquals(1, status());
    assertTrue(out.toString().startsWith("not enabled: "), out.toString());
    assertTrue(out.toString().contains("Restart=on-failure: systemd starts it"), out.toString());
    enabled();
    systemd.expectFacts(UNIT, docker(PLACE));
    assertEquals(0, status());
    assertTrue(out.toString().startsWith("enabled: "), out.toString());
    systemd.expectFacts(UNIT, docker());
    assertEquals(1, status());
    assertTrue(out.toString().contains("has not read it: systemctl daemon-reload"), out.toString());
  }

  @Test
  void onlyDockerCanBeGuarded() {
    assertEquals(2, run(new GuardStatusCommand(this::world), "kubelet"));
    assertEquals("ha-supervisor: only docker can be guarded, not kubelet\n", err.toString());
  }
}
