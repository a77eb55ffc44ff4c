package io.hasupervisor.observe;

import io.hasupervisor.host.tls.Authorities;
import io.hasupervisor.host.tls.ClientKeys;
import io.hasupervisor.host.tls.PemCertificates;
import io.hasupervisor.host.tls.PemKey;
import io.hasupervisor.host.tls.TrustAll;
import io.hasupervisor.observe.ProbeTarget.HttpCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The client's side of TLS; its files are read again when one of them has changed. */
public final class ClientTls {
  private static final int LARGEST_FILE = 4 * 1024 * 1024;

  private final HttpCredentials credentials;
  private volatile Optional<Loaded> loaded = Optional.empty();

  /** Nothing is read yet. */
  public ClientTls(HttpCredentials credentials) {
    this.credentials = credentials;
  }

  private record Loaded(
      List<Object> stamps, List<KeyManager> keys, List<TrustManager> trusted, SSLContext context) {}

  /**
   * Shakes hands over a connected channel, checking that the certificate is for {@code host}.
   *
   * @throws EarlyAnswer inconclusive, naming the file that cannot be used
   */
  SSLSocket handshake(SocketChannel channel, String host) throws EarlyAnswer, IOException {
    return handshake(loaded().context(), channel, host, identification());
  }

  /**
   * The same with a server that is not trusted too; {@code told} hears of what it shows.
   *
   * @throws EarlyAnswer inconclusive, naming the file that cannot be used
   */
  SSLSocket doubtful(SocketChannel channel, String host, Consumer<Shown> told)
      throws EarlyAnswer, IOException {
    Loaded files = loaded();
    try {
      // One of its own: in a session that another handshake began, nobody checks the certificate.
      SSLContext once = SSLContext.getInstance("TLS");
      once.init(array(files.keys()), new TrustManager[] {doubt(files.trusted(), told)}, null);
      return handshake(once, channel, host, identification());
    } catch (GeneralSecurityException e) {
      throw unusable(e);
    }
  }

  private String identification() {
    return credentials.insecure() ? "" : "HTTPS";
  }

  private static TrustManager doubt(List<TrustManager> trusted, Consumer<Shown> told) {
    return trusted.stream()
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .map(strict -> new Doubt(strict, told))
        .orElseThrow();
  }

  private static KeyManager[] array(List<KeyManager> keys) {
    return keys.toArray(KeyManager[]::new);
  }

  /**
   * The same with what is at hand.
   *
   * @param identification by which the certificate's names are checked: {@code HTTPS}, or empty for
   *     not at all
   */
  static SSLSocket handshake(
      SSLContext context, SocketChannel channel, String host, String identification)
      throws IOException {
    Socket plain = channel.socket();
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, host, plain.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm(identification);
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /**
   * For a client with handshakes of its own; the same one until a file changes.
   *
   * @throws IOException naming the file that cannot be used
   */
  public SSLContext current() throws IOException {
    try {
      return loaded().context();
    } catch (EarlyAnswer e) {
      throw new IOException(e.words());
    }
  }

  private Loaded loaded() throws EarlyAnswer {
    // Stamps first: a file replaced while it is read is read again next time.
    List<Object> stamps = stamps();
    Optional<Loaded> present = loaded;
    if (present.isPresent() && present.get().stamps().equals(stamps)) {
      return present.get();
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      List<KeyManager> keys = List.of(keys());
      List<TrustManager> trusted = List.of(trusted());
      context.init(array(keys), trusted.toArray(TrustManager[]::new), null);
      Loaded read = new Loaded(stamps, keys, trusted, context);
      loaded = Optional.of(read);
      return read;
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(e);
    }
  }

  private static EarlyAnswer unusable(Exception e) {
    return EarlyAnswer.inconclusive("TLS could not be set up: " + Failures.message(e));
  }

  private List<Object> stamps() throws EarlyAnswer {
    List<Object> stamps = new ArrayList<>();
    for (Path file :
        Stream.of(credentials.ca(), credentials.certificate(), credentials.key())
            .flatMap(Optional::stream)
            .toList()) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        stamps.addAll(List.of(now.lastModifiedTime(), now.size(), String.valueOf(now.fileKey())));
      } catch (IOException e) {
        throw EarlyAnswer.inconclusive(unreadable("file", file, e));
      }
    }
    return stamps;
  }

  private KeyManager[] keys() throws EarlyAnswer, GeneralSecurityException, IOException {
    if (credentials.certificate().isEmpty() || credentials.key().isEmpty()) {
      return new KeyManager[0];
    }
    Path keyFile = credentials.key().get();
    List<Certificate> chain = certificates(credentials.certificate().get());
    try {
      return ClientKeys.of(chain, PemKey.parse(read("key file", keyFile)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw EarlyAnswer.inconclusive(
          "the key file " + keyFile + " is not usable: " + Failures.message(e));
    }
  }

  private TrustManager[] trusted() throws EarlyAnswer, GeneralSecurityException, IOException {
    if (credentials.insecure()) {
      return new TrustManager[] {new TrustAll()};
    }
    if (credentials.ca().isPresent()) {
      return Authorities.of(certificates(credentials.ca().get()));
    }
    // By path: javax.net.ssl.trustStore may be NONE, to save memory where no probe needs it.
    Path builtIn = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    return Authorities.of(KeyStore.getInstance(builtIn.toFile(), (char[]) null));
  }

  private static List<Certificate> certificates(Path file)
      throws EarlyAnswer, GeneralSecurityException {
    byte[] pem = read("certificate file", file);
    try {
      List<Certificate> found = PemCertificates.parse(pem);
      if (!found.isEmpty()) {
        return found;
      }
    } catch (java.security.cert.CertificateException e) {
      throw EarlyAnswer.inconclusive(
          "the certificate file " + file + " is not usable: " + Failures.message(e));
    }
    throw EarlyAnswer.inconclusive("the certificate file " + file + " holds no certificate");
  }

  private static byte[] read(String what, Path file) throws EarlyAnswer {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(LARGEST_FILE);
    } catch (IOException e) {
      throw EarlyAnswer.inconclusive(unreadable(what, file, e));
    }
  }

  static String unreadable(String what, Path file, IOException e) {
    return "the "
        + what
        + " "
        + file
        + (e instanceof NoSuchFileException
            ? " does not exist"
            : " cannot be read: " + Failures.message(e));
  }
}
