package io.hasupervisor.config;

import io.hasupervisor.cluster.Cluster;
import io.hasupervisor.cluster.EtcdLimits;
import io.hasupervisor.cluster.EtcdSettings;
import io.hasupervisor.cluster.EtcdSettings.Tls;
import io.hasupervisor.cluster.Master.Node;
import io.hasupervisor.config.EtcdKeys.Own;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How etcd is watched, and whether what is said of it fits together.
 *
 * @param otherwise what holds where nothing is said
 * @param placed whether etcd is among the manifests that are placed here
 */
record EtcdReader(
    Section section, EtcdSettings otherwise, Node node, Cluster cluster, boolean placed) {

  EtcdSettings read() {
    Optional<String> own = own();
    List<String> endpoints = endpoints(own);
    return new EtcdSettings(
        own,
        endpoints,
        tls(Stream.concat(own.stream(), endpoints.stream()).toList()),
        section.get(EtcdKeys.ATTEST),
        section.get(EtcdKeys.PERIOD),
        limits(section.section(EtcdKeys.LIMITS, EtcdKeys.LIMITS_SHAPE)));
  }

  private Optional<String> own() {
    return switch (section.get(EtcdKeys.CLIENT_URL)) {
      case Own.ByProfile _ -> otherwise.local();
      case Own.At(URI url) -> {
        checkHost(url);
        yield Optional.of(written(url));
      }
      case Own.Nowhere _ -> {
        if (placed) {
          section.reject(
              EtcdKeys.CLIENT_URL,
              "none says that etcd is run elsewhere, but one is placed here: set"
                  + " manifests.set.etcd.enabled to false, or client-url to auto");
        }
        yield Optional.empty();
      }
    };
  }

  /** Another master's member taken for the own one would be judged by this host's process. */
  private void checkHost(URI url) {
    cluster
        .otherAt(Url.host(url), node)
        .ifPresent(
            name ->
                section.reject(
                    EtcdKeys.CLIENT_URL,
                    "is on "
                        + name
                        + ": name the member of this host, by a loopback address"
                        + " where it listens on one"));
  }

  private List<String> endpoints(Optional<String> own) {
    List<String> written =
        section.get(EtcdKeys.ENDPOINTS).stream().map(EtcdReader::written).toList();
    if (own.filter(written::contains).isPresent()) {
      section.reject(EtcdKeys.ENDPOINTS, "names the client-url again: name the others alone");
    }
    if (own.isEmpty() && written.isEmpty()) {
      section.reject(
          EtcdKeys.ENDPOINTS,
          "is needed where client-url is none: the client URLs of the etcd that is run elsewhere");
    }
    return written.isEmpty()
        ? own.map(url -> EtcdSettings.others(url, node, cluster)).orElse(List.of())
        : written;
  }

  private Optional<Tls> tls(List<String> urls) {
    Optional<Path> ca = file(EtcdKeys.CA, Tls::ca);
    Optional<Path> certificate = file(EtcdKeys.CERTIFICATE, Tls::certificate);
    Optional<Path> key = file(EtcdKeys.KEY, Tls::key);
    if (otherwise.tls().isPresent()
        && section.get(EtcdKeys.CERTIFICATE).isPresent() != section.get(EtcdKeys.KEY).isPresent()) {
      section.reject(
          section.get(EtcdKeys.KEY).isPresent() ? EtcdKeys.KEY : EtcdKeys.CERTIFICATE,
          "needs the other one of client-certificate and client-key beside it: the profile's would"
              + " not fit");
    }
    Optional<String> https = urls.stream().filter(url -> url.startsWith("https:")).findFirst();
    boolean some = ca.or(() -> certificate).or(() -> key).isPresent();
    if (some || https.isPresent()) {
      String why = https.map(url -> "is needed for " + url).orElse("is needed beside the others");
      needed(EtcdKeys.CA, ca, why + ": the authority of etcd's certificates");
      needed(EtcdKeys.CERTIFICATE, certificate, why + ": a certificate that etcd lets in");
      needed(EtcdKeys.KEY, key, why + ": the key of client-certificate");
    }
    return ca.flatMap(a -> certificate.flatMap(c -> key.map(k -> new Tls(a, c, k))));
  }

  private Optional<Path> file(Key<Optional<Path>> key, Function<Tls, Path> byProfile) {
    return section.get(key).or(() -> otherwise.tls().map(byProfile));
  }

  private void needed(Key<?> key, Optional<Path> file, String why) {
    if (file.isEmpty()) {
      section.reject(key, why);
    }
  }

  private static EtcdLimits limits(Section limits) {
    return new EtcdLimits(
        EtcdKeys.FREE_SPACE.read(limits),
        EtcdKeys.QUOTA.read(limits),
        limits.get(EtcdKeys.FRAGMENTED),
        EtcdKeys.FSYNC.read(limits),
        EtcdKeys.COMMIT.read(limits),
        limits.get(EtcdKeys.ROUND_TRIP),
        EtcdKeys.CLOCK.read(limits));
  }

  private static String written(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }
}
