package io.hasupervisor.act.credential;

import io.hasupervisor.act.credential.CredentialSet.Content;
import io.hasupervisor.act.credential.CredentialSet.Lives;
import io.hasupervisor.act.credential.Subject.Purpose;
import io.hasupervisor.cluster.Cluster;
import io.hasupervisor.cluster.Master;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code /srv/kubernetes}, the same on all masters: {@code server.key} signs the service accounts'
 * tokens too, so that it must be. No master needs the authority's key.
 */
final class SeedSet {
  private static final int SECRET_BYTES = 32;

  private SeedSet() {}

  static CredentialSet create(Master master, Lives lives) throws GeneralSecurityException {
    Cluster cluster = master.cluster();
    Authority ca =
        Authority.create(cluster.name() + "-ca", KeyKind.RSA, lives.now(), lives.authority());
    List<String> names = new ArrayList<>(cluster.masters().keySet());
    names.addAll(cluster.masters().values());
    names.addAll(CredentialSet.commonNames(cluster));
    Issued server =
        ca.issue(
            Subject.server("kube-apiserver", names, Purpose.SERVER), lives.now(), lives.leaf());
    Issued kubecfg =
        ca.issue(Subject.client("kubecfg", "system:masters"), lives.now(), lives.leaf());
    Path in = master.credentials().directory();
    List<Content> files =
        List.of(
            new Content(in.resolve("ca.crt"), ca.own().certificatePem()),
            new Content(in.resolve("server.cert"), server.certificatePem()),
            new Content(in.resolve("server.key"), server.keyPem()),
            new Content(in.resolve("kubecfg.crt"), kubecfg.certificatePem()),
            new Content(in.resolve("kubecfg.key"), kubecfg.keyPem()),
            new Content(
                in.resolve("known_tokens.csv"),
                table(
                    "admin",
                    "kubelet",
                    "kube_proxy",
                    "system:scheduler",
                    "system:controller_manager")),
            new Content(in.resolve("basic_auth.csv"), table("admin")));
    Map<String, List<Content>> masters = new LinkedHashMap<>();
    cluster.masters().keySet().forEach(name -> masters.put(name, files));
    return new CredentialSet(
        masters,
        List.of(
            new Content(Path.of("ca.crt"), ca.own().certificatePem()),
            new Content(Path.of("ca.key"), ca.own().keyPem())));
  }

  /** {@code secret,user,uid} for each. */
  private static String table(String... users) {
    SecureRandom random = new SecureRandom();
    StringBuilder rows = new StringBuilder();
    for (String user : users) {
      byte[] secret = new byte[SECRET_BYTES];
      random.nextBytes(secret);
      rows.append(Base64.getUrlEncoder().withoutPadding().encodeToString(secret))
          .append(',')
          .append(user)
          .append(',')
          .append(user)
          .append('\n');
    }
    return rows.toString();
  }
}
