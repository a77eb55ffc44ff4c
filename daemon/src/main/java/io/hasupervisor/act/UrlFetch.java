package io.hasupervisor.act;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;

/**
 * Fetches what a service tells of itself. To be run in a virtual thread: there, an interrupt ends
 * waiting for a socket.
 */
record UrlFetch(URI uri, Optional<Path> certificate, Optional<Path> key) implements Source {

  @Override
  public Found collect(Deadline deadline) throws IOException {
    if (!List.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
      return Found.nothing("only http and https are fetched");
    }
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
    try {
      if (connection instanceof HttpsURLConnection https) {
        https.setSSLSocketFactory(ClientTls.trustingAnyone(certificate, key).getSocketFactory());
        https.setHostnameVerifier((_, _) -> true);
      }
      connection.setInstanceFollowRedirects(false);
      connection.setUseCaches(false);
      connection.setConnectTimeout((int) deadline.left().toMillis());
      connection.setReadTimeout((int) deadline.left().toMillis());
      int status = connection.getResponseCode();
      Optional<InputStream> in =
          status >= 400
              ? Optional.ofNullable(connection.getErrorStream())
              : Optional.of(connection.getInputStream());
      return in.isEmpty() ? Found.nothing("HTTP " + status) : body(in.get(), status, deadline);
    } catch (GeneralSecurityException e) {
      return Found.nothing("certificate or key not usable: " + e.getMessage());
    } finally {
      connection.disconnect();
    }
  }

  /** An answer that breaks off or never ends is kept as far as it came. */
  private static Found body(InputStream in, int status, Deadline deadline) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] buffer = new byte[16 * 1024];
    String end = "";
    try {
      int read = in.read(buffer);
      while (read >= 0 && body.size() + read <= IncidentFolder.FILE_LIMIT && !deadline.over()) {
        body.write(buffer, 0, read);
        read = in.read(buffer);
      }
      end = read >= 0 ? ", cut off" : "";
    } catch (IOException e) {
      end = ", broken off: " + e.getMessage();
    }
    String note = "HTTP " + status + ", " + body.size() + " bytes" + end;
    return Found.file("url.txt", body.toByteArray(), note);
  }
}
