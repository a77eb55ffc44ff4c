package io.hasupervisor.act;

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
  public String collect(IncidentFolder into, Deadline deadline) throws IOException {
    if (!List.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
      return "only http and https are fetched";
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
      int written = in.isPresent() ? into.copy("url.txt", in.get(), deadline) : 0;
      return "HTTP " + status + ", " + written + " bytes";
    } catch (GeneralSecurityException e) {
      return "certificate or key not usable: " + e.getMessage();
    } finally {
      connection.disconnect();
    }
  }
}
