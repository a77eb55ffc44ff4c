package io.hasupervisor.config;

import io.hasupervisor.cluster.ApiserverSettings;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.Value.Text;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The keys of how apiservers and the elections behind them are watched. */
final class ApiserverKeys {

  /** Where this host's own one is asked; empty: where the profile has it. */
  record Own(Optional<URI> url) {
    static final Own BY_PROFILE = new Own(Optional.empty());
  }

  private static final Type<URI> ADDRESS =
      Type.text(
              "the URL of this host's apiserver with its port and nothing behind it, such as"
                  + " https://10.0.0.1:6443",
              text -> Url.parse(text).filter(Url::bare))
          .where(
              url -> url.getRawUserInfo() == null,
              "must not hold a user or password: they would be shown; use bearer-token-file or"
                  + " client-certificate");

  private static final Type<Own> OWN =
      (value, spot) ->
          value instanceof Text text && text.plain() && text.text().equals("auto")
              ? Optional.of(Own.BY_PROFILE)
              : ADDRESS.read(value, spot).map(url -> new Own(Optional.of(url)));

  static final Key<Own> URL = Key.of("url", OWN, Own.BY_PROFILE);
  static final Key<Optional<Path>> CA = file("ca");
  static final Key<Optional<Path>> CERTIFICATE = file("client-certificate");
  static final Key<Optional<Path>> KEY = file("client-key");
  static final Key<Optional<Path>> BEARER_TOKEN_FILE = file("bearer-token-file");
  static final Key<Duration> PERIOD =
      Key.of(
          "period",
          Amounts.duration(Duration.ofSeconds(2), Duration.ofMinutes(1)),
          Duration.ofSeconds(10));

  static final Key<Optional<Path>> SCHEDULER = file(ApiserverSettings.SCHEDULER);
  static final Key<Optional<Path>> CONTROLLER_MANAGER = file(ApiserverSettings.CONTROLLER_MANAGER);
  static final Shape KUBECONFIGS_SHAPE = Shape.of(SCHEDULER, CONTROLLER_MANAGER);
  static final Key<Table> KUBECONFIGS = Key.table("kubeconfigs", KUBECONFIGS_SHAPE);

  static final Shape SHAPE =
      Shape.of(URL, CA, CERTIFICATE, KEY, BEARER_TOKEN_FILE, PERIOD, KUBECONFIGS);

  private ApiserverKeys() {}

  private static Key<Optional<Path>> file(String name) {
    return Key.of(name, Words.ABSOLUTE.orNone(), Optional.empty());
  }
}
