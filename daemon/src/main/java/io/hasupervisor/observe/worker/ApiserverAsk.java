package io.hasupervisor.observe.worker;

import io.hasupervisor.cluster.ApiserverSettings;
import io.hasupervisor.host.tls.PemCertificates;
import io.hasupervisor.observe.HttpCall.Reply;
import io.hasupervisor.observe.HttpLine;
import io.hasupervisor.observe.Symptom;
import io.hasupervisor.observe.TimeLimit;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.api.ApiAnswers;
import io.hasupervisor.observe.credential.ClientIdentity;
import io.hasupervisor.observe.credential.ClientIdentity.Identity;
import io.hasupervisor.observe.credential.FileSeen;
import io.hasupervisor.observe.credential.KubeconfigReader;
import io.hasupervisor.observe.hostfiles.HostPaths;
import io.hasupervisor.observe.worker.WorkerRound.Validity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Asks an apiserver, or what stands before several, as the kubelet does: with its credentials and
 * its authority.
 *
 * @param kubeconfig that tells who the kubelet is
 * @param ca authority where that names none
 */
public record ApiserverAsk(Optional<Path> kubeconfig, Optional<Path> ca) {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int BODY = 4096;
  private static final List<String> AUTHORITIES =
      List.of("/srv/kubernetes/ca.crt", "/etc/kubernetes/pki/ca.crt");

  /**
   * As this kubelet.
   *
   * @param ca authority that is given by hand; else it is looked for where hosts have one
   */
  public static ApiserverAsk as(ClientSeen kubelet, HostPaths paths, Optional<Path> ca) {
    Optional<Path> kubeconfig =
        switch (kubelet.kubeconfig()) {
          case ClientFile.Absent _, ClientFile.Flags _ -> Optional.empty();
          case ClientFile.Kubeconfig it -> Optional.of(it.file());
          case ClientFile.Unusable it -> Optional.of(it.file());
        };
    return new ApiserverAsk(
        kubeconfig,
        ca.or(() -> AUTHORITIES.stream().map(paths::at).filter(Files::isReadable).findFirst()));
  }

  /** Its answer; six seconds at most. */
  public ApiAnswer ask(ServerUrl url) throws InterruptedException {
    Identity identity =
        url.scheme().equals("https")
            ? identity(url)
            : new Identity(Optional.empty(), Optional.empty(), "");
    if (!identity.problem().isEmpty()) {
      return new ApiAnswer.NotAsked(identity.problem());
    }
    try (HttpLine line = new HttpLine(url.uri(""), identity.tls(), identity.token())) {
      return TimeLimit.within(LIMIT, "worker's way", () -> answer(line));
    } catch (TimeoutException e) {
      return new ApiAnswer.Silent(
          Symptom.TIMED_OUT, false, "no answer within " + LIMIT.toSeconds() + " s");
    }
  }

  private Identity identity(ServerUrl url) {
    return ClientIdentity.of(
            kubeconfig,
            new ApiserverSettings(
                url.uri(""),
                ca,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                LIMIT))
        .current();
  }

  private static ApiAnswer answer(HttpLine line) {
    ApiAnswer health = asked(line, "/healthz");
    return health instanceof ApiAnswer.NoSuchPath ? asked(line, "/version") : health;
  }

  private static ApiAnswer asked(HttpLine line, String path) {
    long begun = System.nanoTime();
    Reply reply = line.get(path, BODY);
    return ApiAnswers.of(reply, Duration.ofNanos(System.nanoTime() - begun));
  }

  /**
   * When the certificate is valid by which the kubelet shows who it is; empty where it has none.
   */
  public Optional<Validity> client() {
    return kubeconfig
        .map(KubeconfigReader::read)
        .flatMap(FileSeen::value)
        .flatMap(KubeconfigReader.Contents::certificate)
        .flatMap(FileSeen::value)
        .flatMap(ApiserverAsk::validity);
  }

  private static Optional<Validity> validity(byte[] pem) {
    try {
      return PemCertificates.parse(pem).stream()
          .findFirst()
          .filter(X509Certificate.class::isInstance)
          .map(X509Certificate.class::cast)
          .map(it -> new Validity(it.getNotBefore().toInstant(), it.getNotAfter().toInstant()));
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }
}
