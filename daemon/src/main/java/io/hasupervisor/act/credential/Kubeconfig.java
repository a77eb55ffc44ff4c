package io.hasupervisor.act.credential;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A kubeconfig with everything in it. */
final class Kubeconfig {
  private Kubeconfig() {}

  /** JSON strings are YAML too, so that no name can change the structure. */
  static String of(String cluster, String server, String user, String ca, Issued client) {
    return """
    apiVersion: v1
    kind: Config
    clusters:
    - name: "%1$s"
      cluster:
        server: "%2$s"
        certificate-authority-data: %4$s
    users:
    - name: "%3$s"
      user:
        client-certificate-data: %5$s
        client-key-data: %6$s
    contexts:
    - name: "%3$s@%1$s"
      context:
        cluster: "%1$s"
        user: "%3$s"
    current-context: "%3$s@%1$s"
    """
        .formatted(
            quoted(cluster),
            quoted(server),
            quoted(user),
            base64(ca),
            base64(client.certificatePem()),
            base64(client.keyPem()));
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static String base64(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }
}
