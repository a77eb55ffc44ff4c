package io.hasupervisor.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The keys of what is this host's own: its name and address, its credentials, its kubelet, its way
 * to the apiservers where it is a worker.
 */
final class NodeKeys {
  static final Key<Optional<String>> NAME =
      Key.of(
          "name",
          Words.matching(Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}"), "a host name")
              .orNone(),
          Optional.empty());
  static final Key<Optional<String>> ADDRESS =
      Key.of("address", Ip.ADDRESS.orNone(), Optional.empty());
  static final Shape SHAPE = Shape.of(NAME, ADDRESS);

  static final Key<Optional<Path>> CREDENTIALS =
      Key.of("directory", Words.ABSOLUTE.orNone(), Optional.empty());
  static final Key<Duration> WARN_BEFORE =
      Key.of("warn-before", Amounts.days(), Duration.ofDays(30));
  static final Key<Duration> CRITICAL_BEFORE =
      Key.of("critical-before", Amounts.days(), Duration.ofDays(7));
  static final Shape CREDENTIALS_SHAPE = Shape.of(CREDENTIALS, WARN_BEFORE, CRITICAL_BEFORE);

  static final Key<Optional<Path>> KUBELET_CONFIG =
      Key.of("config-file", Words.ABSOLUTE.orNone(), Optional.empty());
  static final Shape KUBELET_SHAPE = Shape.of(KUBELET_CONFIG);

  /** The load balancer's, as a client of the apiservers writes it. */
  static final Key<Optional<URI>> APISERVER =
      Key.of(
          "apiserver",
          Url.TYPE
              .where(Url::isHttps, "must be an https URL: a kubelet shows its credentials there")
              .where(
                  uri -> uri.getRawQuery() == null && uri.getRawPath().matches("/?"),
                  "must end after the port: clients add the path")
              .orNone(),
          Optional.empty());

  static final Key<Optional<Path>> WORKER_CA =
      Key.of("ca", Words.ABSOLUTE.orNone(), Optional.empty());
  static final Shape WORKER_SHAPE = Shape.of(APISERVER, WORKER_CA);

  private NodeKeys() {}
}
