package io.hasupervisor.config;

import io.hasupervisor.cluster.Addresses;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** The type of http and https addresses. */
final class Url {
  static final Type<URI> TYPE =
      Type.text("an http or https URL such as http://127.0.0.1:10248/healthz", Url::parse)
          .where(
              uri -> uri.getRawUserInfo() == null,
              "must not hold a user or password: they would be shown; use bearer-token-file or"
                  + " client-certificate");

  private Url() {}

  static Optional<URI> parse(String text) {
    try {
      URI uri = new URI(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean port = uri.getPort() == -1 || (uri.getPort() >= 1 && uri.getPort() <= 65535);
      return web && port && uri.getHost() != null && uri.getRawFragment() == null
          ? Optional.of(uri)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  static boolean isHttps(URI uri) {
    return "https".equals(uri.getScheme());
  }

  /** Scheme, host and port, and nothing behind them. */
  static boolean bare(URI url) {
    return url.getPort() != -1
        && url.getRawQuery() == null
        && (url.getRawPath().isEmpty() || url.getRawPath().equals("/"));
  }

  /** Its host in the one form in which hosts are compared. */
  static String host(URI url) {
    String host = url.getHost();
    return Addresses.canonical(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
  }
}
