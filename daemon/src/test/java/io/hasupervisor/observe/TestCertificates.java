package io.hasupervisor.observe;

import io.hasupervisor.host.Command;
import io.hasupervisor.host.tls.PemKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority of this test run and what it signs, made by openssl. */
public record TestCertificates(Path directory) {

  public static TestCertificates in(Path directory) throws IOException, InterruptedException {
    TestCertificates made = new TestCertificates(directory);
    made.openssl("ecparam -genkey -name prime256v1 -noout -out ca.key");
    made.openssl("req -x509 -new -key ca.key -subj /CN=test-ca -days 10 -out ca.crt");
    return made;
  }

  public Path file(String name) {
    return directory.resolve(name);
  }

  /** A certificate {@code name}.crt and its key {@code name}.key, as openssl writes it for EC. */
  public TestCertificates ec(String name, String subjectAltName, int days)
      throws IOException, InterruptedException {
    openssl("ecparam -genkey -name prime256v1 -noout -out " + name + ".key");
    return sign(name, subjectAltName, days);
  }

  /** One that is not valid yet. */
  public TestCertificates early(String name, String subjectAltName)
      throws IOException, InterruptedException {
    ec(name, subjectAltName, 10);
    Files.writeString(file("index"), "");
    // Of the openssl that is in use everywhere, this command alone takes a begin.
    Files.writeString(
        file("ca.cnf"),
        "[ca]\n"
            + "default_ca=it\n"
            + "[it]\n"
            + "default_md=sha256\n"
            + "policy=any\n"
            + "unique_subject=no\n"
            + "rand_serial=yes\n"
            + "database="
            + file("index")
            + "\nnew_certs_dir="
            + directory
            + "\n[any]\ncommonName=supplied\n");
    openssl(
        "ca -batch -notext -config ca.cnf -cert ca.crt -keyfile ca.key -in "
            + name
            + ".csr -extfile ext -startdate 20900101000000Z -enddate 20990101000000Z -out "
            + name
            + ".crt");
    return this;
  }

  /** One that no authority signed. */
  public TestCertificates selfSigned(String name, String subjectAltName)
      throws IOException, InterruptedException {
    openssl("ecparam -genkey -name prime256v1 -noout -out " + name + ".key");
    openssl(
        "req -x509 -new -key "
            + name
            + ".key -subj /CN="
            + name
            + " -addext subjectAltName="
            + subjectAltName
            + " -days 10 -out "
            + name
            + ".crt");
    return this;
  }

  /** The same with an RSA key in PKCS#1. */
  public TestCertificates rsa(String name) throws IOException, InterruptedException {
    openssl("genrsa -traditional -out " + name + ".key 2048");
    return sign(name, "DNS:" + name, 10);
  }

  /** The key in PKCS#8 beside the one that is there. */
  Path pkcs8(String name) throws IOException, InterruptedException {
    openssl("pkcs8 -topk8 -nocrypt -in " + name + ".key -out " + name + ".p8");
    return file(name + ".p8");
  }

  private TestCertificates sign(String name, String subjectAltName, int days)
      throws IOException, InterruptedException {
    openssl("req -new -key " + name + ".key -subj /CN=" + name + " -out " + name + ".csr");
    Files.writeString(file("ext"), "subjectAltName=" + subjectAltName);
    openssl(
        "x509 -req -in "
            + name
            + ".csr -CA ca.crt -CAkey ca.key -CAcreateserial -extfile ext -days "
            + days
            + " -out "
            + name
            + ".crt");
    return this;
  }

  void openssl(String arguments) throws IOException, InterruptedException {
    List<String> argv = new ArrayList<>(List.of("openssl"));
    for (String argument : arguments.split(" ", -1)) {
      boolean ours = argument.matches("[a-z-]+\\.(key|crt|csr|p8|cnf)|ext");
      argv.add(ours ? file(argument).toString() : argument);
    }
    Command.Result result = Command.run(argv, Duration.ofSeconds(60), 4096);
    if (result.exit() != 0) {
      throw new IllegalStateException(argv + ": " + result.output());
    }
  }

  /** A TLS server on loopback with this certificate. */
  public FakeServer serve(
      String name, boolean clientMustHaveCertificate, FakeServer.Session session)
      throws IOException, GeneralSecurityException {
    return serve(name, clientMustHaveCertificate, 0, session);
  }

  /** The same at a port. */
  public FakeServer serve(
      String name, boolean clientMustHaveCertificate, int port, FakeServer.Session session)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        "it",
        PemKey.parse(Files.readAllBytes(file(name + ".key"))),
        new char[0],
        new Certificate[] {certificate(name + ".crt")});
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, new char[0]);
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("ca", certificate("ca.crt"));
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    ServerSocket socket =
        context
            .getServerSocketFactory()
            .createServerSocket(port, 50, InetAddress.getLoopbackAddress());
    ((SSLServerSocket) socket).setNeedClientAuth(clientMustHaveCertificate);
    return FakeServer.over(socket, session);
  }

  private Certificate certificate(String name) throws IOException, GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file(name))));
  }
}
