package io.hasupervisor.decide.hostfiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.hasupervisor.cluster.Profile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PointingTest {
  private static final Path SHELL = Path.of("/etc/default/kubelet");
  private static final Path YAML = Path.of("/var/lib/kubelet/config.yaml");
  private static final Path OURS = Path.of("/etc/kubernetes/manifests");

  private static Pointing of(Path file, String text) {
    Profile profile = file.equals(SHELL) ? Profile.SEED : Profile.MODERN;
    return Pointing.of(file, text.replace('~', '\n'), profile, OURS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A=1~DAEMON_ARGS=\"--v=2 --config=/old --x\" # why~|A=1~DAEMON_ARGS=\"--v=2"
            + " --config=/etc/kubernetes/manifests --x\" # why~",
        "DAEMON_ARGS=\"--pod-manifest-path /old/ --x\"|DAEMON_ARGS=\"--pod-manifest-path"
            + " /etc/kubernetes/manifests --x\"",
        "DAEMON_ARGS=\"$DAEMON_ARGS --v=2\"~|DAEMON_ARGS=\"$DAEMON_ARGS --v=2"
            + " --pod-manifest-path=/etc/kubernetes/manifests\"~",
        "KUBELET_OPTS='--v=2 '|KUBELET_OPTS='--v=2 --pod-manifest-path=/etc/kubernetes/manifests '",
        "KUBELET_ARGS=--v=2~B=1|KUBELET_ARGS=\"--v=2"
            + " --pod-manifest-path=/etc/kubernetes/manifests\"~B=1",
        "KUBELET_EXTRA_ARGS=~|KUBELET_EXTRA_ARGS=~KUBELET_EXTRA_ARGS=\""
            + "--pod-manifest-path=/etc/kubernetes/manifests\"~",
        "# none|# none~DAEMON_ARGS=\"--pod-manifest-path=/etc/kubernetes/manifests\"~",
        "DAEMON_ARGS=\"--config=/a --config=/b\"|DAEMON_ARGS=\""
            + "--config=/etc/kubernetes/manifests --config=/etc/kubernetes/manifests\"",
      })
  void changesTheLeastInAShellFile(String before, String after) {
    assertEquals(new Pointing.Changed(after.replace('~', '\n')), of(SHELL, before));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind: K~staticPodPath: /old  # why~a: 1~|kind: K~staticPodPath:"
            + " /etc/kubernetes/manifests  # why~a: 1~",
        "staticPodPath: \"/old\"|staticPodPath: /etc/kubernetes/manifests",
        "staticPodPath:~a: 1|staticPodPath: /etc/kubernetes/manifests~a: 1",
        "a: 1|a: 1~staticPodPath: /etc/kubernetes/manifests~",
        "a:~  staticPodPath: /not/this~|a:~  staticPodPath: /not/this~staticPodPath:"
            + " /etc/kubernetes/manifests~",
      })
  void changesTheLeastInAKubeletConfiguration(String before, String after) {
    assertEquals(new Pointing.Changed(after.replace('~', '\n')), of(YAML, before));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DAEMON_ARGS=\"--config=/etc/kubernetes/manifests\"",
        "D=/etc/kubernetes~DAEMON_ARGS=\"--pod-manifest-path=$D/manifests/\""
      })
  void leavesAFileThatIsRight(String text) {
    assertEquals(new Pointing.Right(), of(SHELL, text));
  }

  @Test
  void leavesASettingThatIsRight() {
    assertEquals(new Pointing.Right(), of(YAML, "staticPodPath: /etc/kubernetes//manifests/"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A=1~if x; then|2",
        "DAEMON_ARGS=\"--x~|1",
        "DAEMON_ARGS=\"$(cat /x)\"|1",
        "DAEMON_ARGS=--config=\"/old\"|0"
      })
  void refusesAShellFileThatItCannotChangeAndSaysWhere(String text, int line) {
    Pointing.Refused refused = assertInstanceOf(Pointing.Refused.class, of(SHELL, text));
    assertEquals(line, refused.place().line(), refused.why());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: 1~\tb: 2|2",
        "a: &x 1|1",
        "a: 1~a: 2|2",
        "staticPodPath: [a]|1",
        "a: 1~---~b: 2|2",
        "{a: 1}|0",
        "a: 1~...|0"
      })
  void refusesAConfigurationThatItCannotChangeAndSaysWhere(String text, int line) {
    Pointing.Refused refused = assertInstanceOf(Pointing.Refused.class, of(YAML, text));
    assertEquals(line, refused.place().line(), refused.why());
  }

  @Test
  void refusesADirectoryWhoseNameWouldNeedQuotes() {
    assertInstanceOf(
        Pointing.Refused.class, Pointing.of(SHELL, "", Profile.SEED, Path.of("/etc/a b$(x)")));
  }
}
