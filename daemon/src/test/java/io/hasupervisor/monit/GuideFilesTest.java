package io.hasupervisor.monit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.host.UnitSpec;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.loop.ServiceSpec;
import io.hasupervisor.observe.ProbeTarget.Http;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The two files of Kubernetes' guide "Building High-Availability Clusters" become the services that
 * are there without a word of configuration.
 */
final class GuideFilesTest {
  private static final String DOCKER =
      """
      check process docker with pidfile /var/run/docker.pid
      group docker
      start program = "/etc/init.d/docker start"
      stop program = "/etc/init.d/docker stop"
      if does not exist then restart
      if failed
        unixsocket /var/run/docker.sock
        protocol HTTP request "/version"
      then restart\
      """;
  private static final String KUBELET =
      """
      check process kubelet with pidfile /var/run/kubelet.pid
      group kubelet
      start program = "/etc/init.d/kubelet start"
      stop program = "/etc/init.d/kubelet stop"
      if does not exist then restart
      if failed
        host 127.0.0.1
        port 10255
        protocol HTTP
        request "/healthz"
      then restart\
      """;

  private final MonitBed bed = new MonitBed();

  private Imported imported() {
    bed.files.put("/etc/monit/conf.d/monit-docker", DOCKER);
    bed.files.put("/etc/monit/conf.d/monit-kubelet", KUBELET);
    return bed.read("set daemon 120\ninclude /etc/monit/conf.d/*\n").orElseThrow();
  }

  private static ServiceSpec service(Plan plan, String name) {
    return MonitBed.service(plan, name);
  }

  @Test
  void areTheBuiltInServicesWhereSystemdHasThem() throws IOException {
    bed.units.addAll(List.of("docker.service", "kubelet.service"));
    Plan ours = MonitBed.plan("");
    Plan plan = MonitBed.plan(imported().text());
    assertEquals(service(ours, "docker"), service(plan, "docker"));
    ServiceSpec kubelet = service(ours, "kubelet");
    ServiceSpec imported = service(plan, "kubelet");
    assertEquals(kubelet.unit(), imported.unit());
    assertEquals(kubelet.policy(), imported.policy());
    assertEquals(1, imported.checks().size());
    assertEquals(kubelet.checks().getFirst().tolerance(), imported.checks().getFirst().tolerance());
    // The read-only port of its time.
    assertEquals(
        URI.create("http://127.0.0.1:10255/healthz"),
        ((Http) imported.checks().getFirst().probe().target()).uri());
  }

  @Test
  void keepTheirScriptsWhereThereIsNoUnit() throws IOException {
    Plan ours = MonitBed.plan("");
    Plan plan = MonitBed.plan(imported().text());
    for (String name : List.of("docker", "kubelet")) {
      assertEquals(
          new UnitSpec.Script(
              List.of("/etc/init.d/" + name, "start"),
              List.of("/etc/init.d/" + name, "stop"),
              Path.of("/var/run/" + name + ".pid"),
              Duration.ofSeconds(30)),
          service(plan, name).unit());
      assertEquals(
          List.of(Path.of("/etc/init.d/" + name), Path.of("/etc/default/" + name)),
          service(plan, name).watchedFiles());
    }
    assertEquals(service(ours, "docker").checks(), service(plan, "docker").checks());
    assertEquals(List.of("docker"), service(plan, "kubelet").policy().dependsOn());
  }

  @Test
  void loseNothingButTheirGroups() {
    assertEquals(
        List.of("group docker", "group kubelet"),
        imported().left().stream().map(Leftover::words).toList());
  }
}
