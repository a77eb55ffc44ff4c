package io.hasupervisor.config;

import io.hasupervisor.cluster.EtcdLimits;
import io.hasupervisor.cluster.EtcdLimits.Pair;
import io.hasupervisor.cluster.EtcdSettings.Attest;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.Value.Text;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The keys of how etcd is watched. */
final class EtcdKeys {

  /** Where this host's own member is asked. */
  sealed interface Own {
    /** Where the profile has it. */
    record ByProfile() implements Own {}

    /** There is none: etcd is run elsewhere. */
    record Nowhere() implements Own {}

    /** There. */
    record At(URI url) implements Own {}
  }

  private static final Type<URI> URL =
      Type.text(
              "a client URL of etcd with its port and nothing behind it, such as"
                  + " https://127.0.0.1:2379",
              text -> Url.parse(text).filter(Url::bare))
          .where(
              url -> url.getRawUserInfo() == null,
              "must not hold a user or password: they would be shown; use client-certificate");
  private static final Type<Own> OWN =
      (value, spot) ->
          switch (value instanceof Text text && text.plain() ? text.text() : "") {
            case "auto" -> Optional.of(new Own.ByProfile());
            case "none" -> Optional.of(new Own.Nowhere());
            default -> URL.read(value, spot).map(Own.At::new);
          };

  static final Key<Own> CLIENT_URL = Key.of("client-url", OWN, new Own.ByProfile());
  static final Key<List<URI>> ENDPOINTS = Key.of("endpoints", URL.set(), List.of());
  static final Key<Optional<Path>> CA = file("ca");
  static final Key<Optional<Path>> CERTIFICATE = file("client-certificate");
  static final Key<Optional<Path>> KEY = file("client-key");
  static final Key<Attest> ATTEST = Key.of("attest", Words.choice(Attest.class), Attest.ALWAYS);
  static final Key<Duration> PERIOD =
      Key.of(
          "period",
          Amounts.duration(Duration.ofSeconds(2), Duration.ofMinutes(1)),
          Duration.ofSeconds(10));

  static final Thresholds<Double> FREE_SPACE =
      Thresholds.of(
          "free-space",
          Amounts.fraction(),
          EtcdLimits.DEFAULT.free(),
          Comparator.<Double>naturalOrder().reversed());
  static final Thresholds<Double> QUOTA =
      Thresholds.of(
          "quota", Amounts.fraction(), EtcdLimits.DEFAULT.quota(), Comparator.naturalOrder());
  static final Key<Double> FRAGMENTED =
      Key.of("fragmented", Amounts.fraction(), EtcdLimits.DEFAULT.fragmented());
  static final Thresholds<Duration> FSYNC = slow("fsync", EtcdLimits.DEFAULT.fsync());
  static final Thresholds<Duration> COMMIT = slow("commit", EtcdLimits.DEFAULT.commit());
  static final Key<Duration> ROUND_TRIP =
      Key.of("round-trip", time(), EtcdLimits.DEFAULT.roundTrip());
  static final Thresholds<Duration> CLOCK = slow("clock", EtcdLimits.DEFAULT.clock());
  static final Shape LIMITS_SHAPE =
      Shape.of(
          FREE_SPACE.table(),
          QUOTA.table(),
          FRAGMENTED,
          FSYNC.table(),
          COMMIT.table(),
          ROUND_TRIP,
          CLOCK.table());
  static final Key<Table> LIMITS = Key.table("limits", LIMITS_SHAPE);

  static final Shape SHAPE =
      Shape.of(CLIENT_URL, ENDPOINTS, CA, CERTIFICATE, KEY, ATTEST, PERIOD, LIMITS);

  private EtcdKeys() {}

  private static Key<Optional<Path>> file(String name) {
    return Key.of(name, Words.ABSOLUTE.orNone(), Optional.empty());
  }

  private static Thresholds<Duration> slow(String name, Pair<Duration> otherwise) {
    return Thresholds.of(name, time(), otherwise, Comparator.naturalOrder());
  }

  private static Type<Duration> time() {
    return Amounts.duration(Duration.ofMillis(1), Duration.ofMinutes(1));
  }
}
