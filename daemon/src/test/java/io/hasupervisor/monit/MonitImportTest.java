package io.hasupervisor.monit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hasupervisor.config.Loaded;
import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.loop.ServiceSpec;
import io.hasupervisor.yaml.Problem;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** monit's files in the round: entries that go together, and files that are wrong. */
final class MonitImportTest {
  private static final String NGINX =
      """
      check process nginx with pidfile /run/nginx.pid
        start program = "/etc/init.d/nginx start"
        stop program = "/etc/init.d/nginx stop"
      """;

  private final MonitBed bed = new MonitBed();

  private static Plan plan(String main) throws IOException {
    return MonitBed.plan(MonitBed.imported(main).text());
  }

  private static List<String> left(Imported imported) {
    return imported.left().stream().map(Leftover::toString).toList();
  }

  private List<String> problems(String main) {
    assertTrue(bed.read(main).isEmpty());
    return bed.problems.all().stream().map(Problem::toString).toList();
  }

  @Test
  void readsKeywordsInAnyCaseAndWithoutNoise() throws IOException {
    Plan plan =
        plan(
            """
            SET DAEMON 10
            CHECK PROCESS nginx PIDFILE "/run/nginx.pid"
              START "/etc/init.d/nginx start" STOP "/etc/init.d/nginx stop"
              IF FAILED PORT 80 PROTO HTTP REQUEST / STATUS 200 FOR 3 CYCLES THEN RESTART
            """);
    ServiceSpec nginx = MonitBed.service(plan, "nginx");
    assertEquals(3, nginx.checks().getFirst().tolerance().inARow());
    assertEquals(10, nginx.checks().getFirst().probe().period().toSeconds());
  }

  @Test
  void saysOfEachLineWhereItComesFrom() {
    String text = MonitBed.imported("\n\n" + NGINX).text();
    assertTrue(text.contains("pidfile: /run/nginx.pid  # /etc/monit/monitrc:3\n"), text);
    assertTrue(text.contains("start: [/etc/init.d/nginx, start]  # /etc/monit/monitrc:4\n"), text);
  }

  @Test
  void takesAnIncludeAmidAnEntryForPartOfIt() {
    bed.files.put("/etc/monit/templates/limit", "if 5 restarts within 5 cycles then timeout\n");
    bed.files.put("/etc/monit/templates/more", "if failed uid root then unmonitor\n");
    Imported imported =
        bed.read(
                "set daemon 60\n"
                    + NGINX
                    + "include /etc/monit/templates/limit\ninclude '/etc/monit/templates/more'\n"
                    + "group www\n")
            .orElseThrow();
    assertTrue(imported.text().contains("budget: 5  # /etc/monit/templates/limit:1"));
    assertTrue(
        left(imported).getLast().startsWith("/etc/monit/templates/more:1: nginx: if failed"));
    assertEquals("group www", imported.left().getFirst().words());
  }

  @Test
  void namesIncludesThatGiveNothing() {
    bed.files.put("/etc/monit/a", "include /etc/monit/monitrc\n");
    bed.files.put("/etc/monit/sub.d", "");
    bed.files.put("/etc/monit/b~", "if");
    List<String> left =
        left(
            bed.read(
                    """
                    include /etc/monit/missing
                    include relative/*
                    include /etc/monit/a
                    include /etc/monit/sub.d
                    include /etc/monit/b~
                    """)
                .orElseThrow());
    assertEquals(5, left.size(), left.toString());
    assertTrue(
        left.get(0).contains("monitrc:1: include /etc/monit/missing: there is no such file"));
    assertTrue(left.get(1).contains("write an absolute path"));
    assertTrue(left.get(2).contains("is a directory, and monit reads none: include"));
    assertTrue(left.get(3).contains("editor's backup"));
    assertTrue(left.get(4).contains("/etc/monit/a:1: include /etc/monit/monitrc"), left.get(4));
    assertTrue(left.get(4).contains("would include itself"));
  }

  @Test
  void refusesWhatIsNotClosed() {
    assertEquals(
        List.of("/etc/monit/monitrc:2:7: \" is not closed; monit -t would say so too"),
        problems("set daemon 5\nstart \"/bin/x\n\n"));
  }

  @Test
  void refusesABlockThatIsNotClosed() {
    assertEquals(
        List.of("/etc/monit/monitrc:1:9: { is not closed; monit -t would say so too"),
        problems("set ssl { verify: enable\n\n"));
  }

  @Test
  void takesApostrophesInMailsForText() {
    Imported imported =
        MonitBed.imported("set mail-format { message: it's # \"me }\n" + NGINX + "group a\n");
    assertEquals(1, imported.services());
    assertEquals(2, imported.left().size());
  }

  @Test
  void namesAnUnknownStatementAndGoesOn() throws IOException {
    Imported imported =
        MonitBed.imported(
            "frobnicate the lot\n" + NGINX + "iff port 80 then restart\nmode passive\n");
    assertEquals(
        List.of(
            "/etc/monit/monitrc:1: frobnicate the lot: not understood, and not imported",
            "/etc/monit/monitrc:5: iff port 80 …: not understood, and not imported"),
        left(imported).subList(0, 2));
    assertTrue(MonitBed.service(MonitBed.plan(imported.text()), "nginx").policy().observeOnly());
  }

  @Test
  void ordersServicesAsMonitDid() throws IOException {
    Plan plan =
        plan(
            NGINX
                + """
                depends on app, app_bin
                check process app with pidfile /run/app.pid
                  start "/opt/app start" stop "/opt/app stop"
                check file app_bin with path /opt/app
                """);
    assertEquals(List.of("app"), MonitBed.service(plan, "nginx").policy().dependsOn());
  }

  @Test
  void leavesACircleOfDependenciesToOurOwnReader() throws IOException {
    Imported imported =
        MonitBed.imported(
            NGINX
                + """
                depends on app
                check process app with pidfile /run/app.pid
                  start "/opt/app start" stop "/opt/app stop" depends on nginx
                """);
    assertInstanceOf(Loaded.Bad.class, MonitBed.loaded(imported.text()));
  }

  @Test
  void takesSystemdsUnitWhereMonitStartsOne() throws IOException {
    Plan plan =
        plan(
            """
            check process db matching "postgres: main"
              start program = "/bin/systemctl start postgresql" with timeout 300 seconds
              stop program = "/bin/systemctl stop postgresql" with timeout 90 seconds
            """);
    ServiceSpec db = MonitBed.service(plan, "db");
    assertEquals(new UnitSpec.Systemd("postgresql.service"), db.unit());
    assertEquals(300, db.policy().startGrace().toSeconds());
    assertEquals(90, db.policy().kill().term().toSeconds());
  }

  @Test
  void doesNotStartWhatMonitOnlyWatched() throws IOException {
    bed.units.add("nginx.service");
    Imported imported =
        bed.read(
                """
                check process nginx with pidfile /run/nginx.pid
                  if failed port 80 then alert
                check process other with pidfile /run/other.pid
                  group www
                """)
            .orElseThrow();
    ServiceSpec nginx = MonitBed.service(MonitBed.plan(imported.text()), "nginx");
    assertTrue(nginx.policy().observeOnly());
    assertEquals(1, nginx.checks().size());
    assertTrue(left(imported).getFirst().contains("check process other: it has no start program"));
    assertTrue(left(imported).getLast().contains("group www: goes with its entry"));
  }

  @Test
  void looksForNoProcessByItsName() {
    Imported imported =
        MonitBed.imported(
            "check process x matching 'x -d'\n  start '/opt/x start'\n  stop '/opt/x stop'\n");
    assertEquals(0, imported.services());
    assertTrue(left(imported).getFirst().contains("never looked for by its name"));
  }

  @Test
  void turnsDockerOffWhereContainerdIsWatchedInstead() throws IOException {
    Plan plan =
        plan(
            """
            check process containerd with pidfile /run/containerd/containerd.pid
              start program = "/bin/systemctl start containerd"
              stop program = "/bin/systemctl stop containerd"
              if failed unixsocket /run/containerd/containerd.sock then restart
            """);
    assertEquals(
        List.of("kubelet", "containerd"), plan.services().stream().map(ServiceSpec::name).toList());
    assertEquals(List.of("containerd"), MonitBed.service(plan, "kubelet").policy().dependsOn());
    assertEquals(1, MonitBed.service(plan, "containerd").checks().size());
  }

  @Test
  void givesNamesThatOursMayHave() {
    Imported imported =
        MonitBed.imported(
            """
            check process "my app: one" with pidfile /run/a.pid
              start "/opt/a start" stop "/opt/a stop"
            check process my-app--one with pidfile /run/b.pid
              start "/opt/b start" stop "/opt/b stop"
            """);
    assertTrue(imported.text().contains("\n  my-app--one:\n"), imported.text());
    assertTrue(left(imported).getFirst().contains("is that of /etc/monit/monitrc:1 already"));
  }

  @Test
  void doesNotWriteWhatGoesOverLines() throws IOException {
    Imported imported =
        MonitBed.imported(
            NGINX + "if failed port 80 protocol http content = \"a\nb: [\" then restart\n");
    assertTrue(left(imported).getFirst().contains("not understood"), imported.text());
    MonitBed.plan(imported.text());
  }

  @Test
  void asksBuiltInProbesOnceAndFurtherPortsBesides() throws IOException {
    Plan plan =
        plan(
            """
            check process kubelet with pidfile /var/run/kubelet.pid
              start "/etc/init.d/kubelet start" stop "/etc/init.d/kubelet stop"
              if failed port 10248 protocol http request "/healthz" for 2 cycles then restart
              if failed port 10255 protocol http request "/healthz" then restart
            """);
    List<String> names =
        MonitBed.service(plan, "kubelet").checks().stream().map(it -> it.probe().name()).toList();
    assertEquals(List.of("healthz", "http"), names);
  }

  @Test
  void leavesABuiltInProbeAsItIsWhereMonitOnlyRaisedAnAlert() throws IOException {
    Imported imported =
        MonitBed.imported(
            """
            check process docker with pidfile /var/run/docker.pid
              start "/etc/init.d/docker start" stop "/etc/init.d/docker stop"
              if failed unixsocket /var/run/docker.sock protocol http request "/version" then alert
            """);
    assertTrue(left(imported).getFirst().contains("services.docker.probes.ping.enabled: false"));
    assertEquals(
        List.of("ping", "deep"),
        MonitBed.service(MonitBed.plan(imported.text()), "docker").checks().stream()
            .map(it -> it.probe().name())
            .toList());
  }

  @Test
  void makesTheSameOfTheSame() {
    assertEquals(MonitBed.imported(NGINX).text(), MonitBed.imported(NGINX).text());
    assertFalse(MonitBed.imported("").text().contains("services:"));
  }
}
