package io.hasupervisor.observe.manifest;

import java.util.Map;
import java.util.Optional;

/**
 * Which container of which pod a docker container is, by the kubelet's labels or, where those are
 * missing, by its name. Kubelets up to 1.1 wrote {@code namespace/name} into the pod's label, or
 * none at all; all of them made names like {@code k8s_CONTAINER[.HASH]_POD_NAMESPACE_UID_ATTEMPT}
 * (kubelet/dockershim/naming.go, kubelet/dockertools/docker.go).
 *
 * @param namespace empty where neither label nor name tells it
 * @param uid the pod's; may be empty
 * @param attempt how often the kubelet had started it in this pod before; 0 where nobody tells
 */
record KubeletName(String container, String pod, String namespace, String uid, int attempt) {
  private static final String LABEL = "io.kubernetes.";

  /** The container that keeps a pod's network; it is none of the pod's own. */
  private static final String SANDBOX = "POD";

  /**
   * What labels and name say; empty for a container that no kubelet made.
   *
   * @param name with or without docker's leading slash
   */
  static Optional<KubeletName> of(Map<String, String> labels, String name) {
    String[] parts = name.replaceFirst("^/", "").split("_", -1);
    boolean named = parts.length == 6 && parts[0].equals("k8s");
    String label = labels.getOrDefault(LABEL + "pod.name", "");
    String pod = label.substring(label.indexOf('/') + 1);
    String before = label.substring(0, Math.max(0, label.indexOf('/')));
    KubeletName said =
        new KubeletName(
            first(
                labels.getOrDefault(LABEL + "container.name", ""),
                named ? parts[1].replaceFirst("[.].*", "") : ""),
            first(pod, named ? parts[2] : ""),
            first(labels.getOrDefault(LABEL + "pod.namespace", ""), before, named ? parts[3] : ""),
            first(labels.getOrDefault(LABEL + "pod.uid", ""), named ? parts[4] : ""),
            number(
                first(
                    labels.getOrDefault("annotation." + LABEL + "container.restartCount", ""),
                    named ? parts[5] : "")));
    return said.pod.isEmpty() || said.container.isEmpty() ? Optional.empty() : Optional.of(said);
  }

  boolean sandbox() {
    return container.equals(SANDBOX);
  }

  private static String first(String... texts) {
    for (String text : texts) {
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }

  /** The oldest kubelets ended names with eight random hexadecimal digits, which tell nothing. */
  private static int number(String text) {
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
  }
}
