package io.hasupervisor.assess.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether an instance elects, as its arguments and its version say. */
final class ElectsTest {

  private static Elects of(String component, String image, String... arguments) {
    return Elects.of(Instances.running(component, image, arguments), component);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--leader-elect=true | YES",
        "--leader-elect | YES",
        "--leader-elect --v=2 | YES",
        "--leader-elect=1 | YES",
        "--leader_elect=true | YES",
        "--leader-elect=false | NO",
        "--leader-elect=0 | NO",
        "--leader-elect=true --leader-elect=false | NO",
        "--leader-elect-lease-duration=15s --leader-elect=false | NO",
        "--config=/etc/kubernetes/scheduler.yaml | YES",
        "--leader-elect-lease-duration=15s | BY_UNKNOWN_DEFAULT",
        "--v=2 | BY_UNKNOWN_DEFAULT",
      })
  void byTheFlag(String arguments, Elects elects) {
    assertEquals(elects, of("kube-scheduler", "kube-scheduler:9680e782", arguments.split(" ", -1)));
  }

  /** As the seed's manifests start their components. */
  @ParameterizedTest
  @CsvSource({"true, YES", "false, NO"})
  void withinAShellsArgument(String value, Elects elects) {
    assertEquals(
        elects,
        of(
            "kube-scheduler",
            "kube-scheduler:9680e782",
            "/bin/sh",
            "-c",
            "/usr/local/bin/kube-scheduler --master=127.0.0.1:8080 --v=2 --leader-elect="
                + value
                + " 1>>/var/log/kube-scheduler.log 2>&1"));
  }

  @ParameterizedTest
  @CsvSource({
    "kube-scheduler, gcr.io/google_containers/hyperkube:v1.3.10, NOT_BY_DEFAULT",
    "kube-scheduler, gcr.io/google_containers/hyperkube:v1.4.0, YES",
    "kube-scheduler, gcr.io/google_containers/kube-scheduler-amd64:v1.9.3, NOT_BY_DEFAULT",
    "kube-scheduler, gcr.io/google_containers/kube-scheduler-amd64:v1.9.4, YES",
    "kube-controller-manager, gcr.io/google_containers/kube-controller-manager:v1.9.1, YES",
    "kube-controller-manager, registry.k8s.io/kube-controller-manager:v1.34.1, YES",
    "kube-controller-manager, example.org/kcm:latest, BY_UNKNOWN_DEFAULT",
  })
  void byTheVersionsDefault(String component, String image, Elects elects) {
    assertEquals(elects, of(component, image, component, "--v=2"));
  }

  @ParameterizedTest
  @CsvSource({"kube-scheduler", "kube-controller-manager"})
  void whatIsNotKnownIsNotHeldAgainstIt(String component) {
    assertEquals(Elects.YES, of(component, "x:v1.2.0"));
    assertEquals(List.of(), Elects.running(Instances.ended(component), component));
  }
}
