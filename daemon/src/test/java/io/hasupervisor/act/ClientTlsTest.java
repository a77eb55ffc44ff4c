package io.hasupervisor.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.hasupervisor.host.tls.PemKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client certificate is shown in every form of key in use, and any server is spoken to. */
final class ClientTlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  /** Where a short PKCS#8 key names its curve: behind version and algorithm. */
  private static final int CURVE_AT = 16;

  @TempDir Path directory;

  /** A key and a self-signed certificate for a name that is never the server's. */
  private KeyStore identity(String algorithm) throws Exception {
    Path file = directory.resolve(algorithm + ".p12");
    Process keytool =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/keytool",
                "-genkeypair",
                "-alias",
                "me",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=elsewhere",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, keytool.waitFor(), output);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static String pem(String type, byte[] der) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + type
        + "-----\n";
  }

  /** PKCS#1 as kubeadm writes it: what PKCS#8 holds behind its header of 26 bytes. */
  private static byte[] pkcs1(PrivateKey key) {
    return Arrays.copyOfRange(key.getEncoded(), 26, key.getEncoded().length);
  }

  private static String key(PrivateKey key) {
    return key instanceof ECPrivateKey
        ? pem("EC PRIVATE KEY", sec1(key))
        : pem("RSA PRIVATE KEY", pkcs1(key));
  }

  /** SEC 1 as openssl and the kubelet write it: version, value, and the curve's name. */
  private static byte[] sec1(PrivateKey key) {
    byte[] encoded = key.getEncoded();
    byte[] curve = Arrays.copyOfRange(encoded, CURVE_AT, CURVE_AT + 2 + encoded[CURVE_AT + 1]);
    byte[] value = ((ECPrivateKey) key).getS().toByteArray();
    byte[] content = new byte[3 + 2 + value.length + 2 + curve.length];
    System.arraycopy(new byte[] {2, 1, 1, 4, (byte) value.length}, 0, content, 0, 5);
    System.arraycopy(value, 0, content, 5, value.length);
    content[5 + value.length] = (byte) 0xA0;
    content[6 + value.length] = (byte) curve.length;
    System.arraycopy(curve, 0, content, 7 + value.length, curve.length);
    byte[] whole = new byte[2 + content.length];
    whole[0] = 0x30;
    whole[1] = (byte) content.length;
    System.arraycopy(content, 0, whole, 2, content.length);
    return whole;
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void aServerThatAsksForOurCertificateAnswers(String algorithm) throws Exception {
    KeyStore identity = identity(algorithm);
    HttpsServer server = serverTrusting(identity);
    server.start();
    // One file for both, as the kubelet keeps them.
    Path both = directory.resolve("both.pem");
    Files.writeString(
        both,
        pem("CERTIFICATE", identity.getCertificate("me").getEncoded())
            + key((PrivateKey) identity.getKey("me", PASSWORD)));
    URI uri = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
    IncidentFolder folder = new IncidentFolder(directory);
    try {
      String note =
          new UrlFetch(uri, Optional.of(both), Optional.of(both))
              .collect(folder, Deadline.in(Duration.ofSeconds(10)));
      assertTrue(note.startsWith("HTTP 200, 5 bytes"), note);
    } finally {
      server.stop(0);
    }
    assertEquals("hello", Files.readString(directory.resolve("url.txt")));
  }

  private static HttpsServer serverTrusting(KeyStore identity) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(identity, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("me", identity.getCertificate("me"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters asked = context.getDefaultSSLParameters();
            asked.setNeedClientAuth(true);
            parameters.setSSLParameters(asked);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 5);
          exchange.getResponseBody().write(new byte[] {'h', 'e', 'l', 'l', 'o'});
          exchange.close();
        });
    return server;
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void readsPkcs8OfEveryKind(String algorithm) throws GeneralSecurityException {
    PrivateKey key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
    assertEquals(
        key,
        PemKey.parse(pem("PRIVATE KEY", key.getEncoded()).getBytes(StandardCharsets.US_ASCII)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rubbish",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nA\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----\nMAMCAQE=\n-----END EC PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----\nMP8C/////w==\n-----END EC PRIVATE KEY-----"
      })
  void aDamagedKeyIsAnErrorAndNothingElse(String pem) {
    assertThrows(
        GeneralSecurityException.class,
        () -> PemKey.parse(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void aMissingKeyIsNamed() {
    Path missing = directory.resolve("missing.pem");
    List<Optional<Path>> files = List.of(Optional.of(missing), Optional.of(missing));
    Exception e =
        assertThrows(
            IOException.class, () -> ClientTls.trustingAnyone(files.getFirst(), files.getLast()));
    assertTrue(String.valueOf(e.getMessage()).contains("missing.pem"));
  }
}
