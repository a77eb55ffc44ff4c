package io.hasupervisor.observe.credential;

import io.hasupervisor.cluster.ApiserverSettings;
import io.hasupervisor.host.tls.Authorities;
import io.hasupervisor.host.tls.ClientKeys;
import io.hasupervisor.observe.BearerToken;
import io.hasupervisor.observe.FileStamp;
import io.hasupervisor.observe.credential.FileSeen.Malformed;
import io.hasupervisor.observe.credential.FileSeen.Missing;
import io.hasupervisor.observe.credential.FileSeen.NotAFile;
import io.hasupervisor.observe.credential.FileSeen.Read;
import io.hasupervisor.observe.credential.FileSeen.Unreadable;
import io.hasupervisor.observe.credential.KubeconfigReader.Contents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/**
 * What a client shows to an apiserver, and whom it believes there: from a kubeconfig, else from the
 * files configured. All is read again when a file changes.
 *
 * <p>A Kubernetes client for Java would read kubeconfigs too. Measured with the daemon's own
 * options, two Leases read over TLS with client certificates: fabric8's 7.8 on the JDK's HTTP
 * client takes 24 MiB more of private memory than this and 12 MiB of jar, the official client-java
 * 25 takes 38 MiB and 22 MiB. That is three to five times what a master's supervisor can spare for
 * two small questions, and both would hand a kubeconfig's {@code exec} a program to run as root.
 */
public final class ClientIdentity {
  private final Optional<Path> kubeconfig;
  private final ApiserverSettings settings;
  private List<Path> files = List.of();
  private List<FileStamp> stamps = List.of();
  private Optional<Identity> current = Optional.empty();

  private ClientIdentity(Optional<Path> kubeconfig, ApiserverSettings settings) {
    this.kubeconfig = kubeconfig;
    this.settings = settings;
  }

  /** Nothing is read yet. */
  public static ClientIdentity of(Optional<Path> kubeconfig, ApiserverSettings settings) {
    return new ClientIdentity(kubeconfig, settings);
  }

  /**
   * What is shown.
   *
   * @param tls empty where the files do not make one; {@code problem} says why then, as part of a
   *     sentence
   */
  public record Identity(Optional<SSLContext> tls, Optional<String> token, String problem) {
    @Override
    public String toString() {
      return "identity";
    }
  }

  private static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String why) {
      super(why, null, false, false);
    }

    String why() {
      return String.valueOf(getMessage());
    }
  }

  /** Equal to the one before until a file changes. In one thread at a time. */
  public Identity current() {
    List<FileStamp> now = stamped();
    if (current.isEmpty() || !now.equals(stamps)) {
      List<Path> known;
      do {
        // Stamps first: a file replaced while it is read is read again next time.
        stamps = stamped();
        known = files;
        current = Optional.of(read());
      } while (!files.equals(known));
    }
    return current.get();
  }

  private List<FileStamp> stamped() {
    return files.stream().map(FileStamp::of).toList();
  }

  private Identity read() {
    Optional<FileSeen<Contents>> config =
        kubeconfig.map(KubeconfigReader::read).filter(FileSeen::exists);
    files = named(config.flatMap(FileSeen::value));
    boolean configured = settings.certificate().isPresent() || settings.tokenFile().isPresent();
    try {
      return config.isPresent() ? identity(config.get()) : configured();
    } catch (Unusable e) {
      if (config.isPresent() && configured) {
        try {
          return configured();
        } catch (Unusable also) {
          return new Identity(Optional.empty(), Optional.empty(), e.why() + "; " + also.why());
        }
      }
      return new Identity(Optional.empty(), Optional.empty(), e.why());
    }
  }

  private List<Path> named(Optional<Contents> config) {
    return Stream.concat(
            Stream.of(
                    kubeconfig,
                    settings.ca(),
                    settings.certificate(),
                    settings.key(),
                    settings.tokenFile())
                .flatMap(Optional::stream),
            config.stream().flatMap(Contents::parts).map(FileSeen::path))
        .distinct()
        .toList();
  }

  private Identity configured() throws Unusable {
    return identity(
        authority(settings.ca().map(BoundedFile::read), ""),
        settings.certificate().map(BoundedFile::read),
        settings.key().map(BoundedFile::read),
        settings.tokenFile().map(BoundedFile::read));
  }

  /** Its server is not looked at: who asks knows whom to ask. */
  private Identity identity(FileSeen<Contents> config) throws Unusable {
    Contents said = value(config);
    if (said.certificate().isEmpty() && said.token().isEmpty()) {
      throw new Unusable(
          config.path()
              + said.plugin()
                  .map(it -> it.equals("exec") ? ": exec plugins are" : ": " + it + " is")
                  .map(it -> it + " not supported: give a client certificate or a token")
                  .orElse(" gives neither a client certificate nor a token"));
    }
    if (said.certificate().isPresent() != said.key().isPresent()) {
      throw new Unusable(
          config.path() + " gives one of client certificate and key without the other");
    }
    String insecure =
        said.verifies()
            ? ""
            : "; insecure-skip-tls-verify in " + config.path() + " is not followed";
    return identity(
        authority(said.authorities().or(() -> settings.ca().map(BoundedFile::read)), insecure),
        said.certificate(),
        said.key(),
        said.token());
  }

  private static List<X509Certificate> authority(Optional<FileSeen<byte[]>> file, String more)
      throws Unusable {
    if (file.isEmpty()) {
      throw new Unusable("no authority is given by which apiservers could be believed" + more);
    }
    try {
      return value(file.get().then(PemContents::certificates));
    } catch (Unusable e) {
      throw new Unusable(e.why() + more);
    }
  }

  private static Identity identity(
      List<X509Certificate> authorities,
      Optional<FileSeen<byte[]>> certificate,
      Optional<FileSeen<byte[]>> key,
      Optional<FileSeen<byte[]>> token)
      throws Unusable {
    Optional<String> secret = Optional.empty();
    if (token.isPresent()) {
      String text = new String(value(token.get()), StandardCharsets.ISO_8859_1).strip();
      if (!BearerToken.usable(text)) {
        throw new Unusable(token.get().path() + " holds no usable token");
      }
      secret = Optional.of(text);
    }
    try {
      KeyManager[] keys = new KeyManager[0];
      if (certificate.isPresent() && key.isPresent()) {
        List<X509Certificate> chain = value(certificate.get().then(PemContents::certificates));
        PrivateKey shown = value(key.get().then(PemContents::key));
        PublicKey own = chain.getFirst().getPublicKey();
        if (new KeyRing().seen(shown, Stream.of(own)).fits().isEmpty()) {
          throw new Unusable(
              "the key does not fit the client certificate in " + certificate.get().path());
        }
        keys = ClientKeys.of(List.copyOf(chain), shown);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, Authorities.of(authorities), null);
      return new Identity(Optional.of(context), secret, "");
    } catch (GeneralSecurityException | IOException e) {
      throw new Unusable("TLS could not be set up: " + e.getMessage());
    }
  }

  private static <T> T value(FileSeen<T> file) throws Unusable {
    return switch (file.content()) {
      case Read<T>(T value) -> value;
      case Missing<T> _ -> throw new Unusable(file.path() + " does not exist");
      case NotAFile<T>(String what) -> throw new Unusable(file.path() + " is " + what);
      case Unreadable<T>(String why) -> throw new Unusable(file.path() + " " + why);
      case Malformed<T>(String why) -> throw new Unusable(file.path() + " " + why);
    };
  }
}
