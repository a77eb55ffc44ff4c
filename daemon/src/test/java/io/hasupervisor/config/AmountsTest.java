package io.hasupervisor.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hasupervisor.yaml.Nearest;
import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Spot;
import io.hasupervisor.yaml.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Durations, sizes and numbers are taken in one spelling only. */
final class AmountsTest {
  private static <T> Optional<T> read(Type<T> type, String text) {
    return type.read(new Value.Text(Place.builtIn(), text, true), Spot.silent());
  }

  @Test
  void durationsAreOneNumberAndOneUnit() {
    Type<Duration> type = Amounts.duration(Duration.ZERO);
    Map<String, Duration> good =
        Map.of(
            "500ms", Duration.ofMillis(500),
            "10s", Duration.ofSeconds(10),
            "5m", Duration.ofMinutes(5),
            "2h", Duration.ofHours(2),
            "0s", Duration.ZERO,
            "007s", Duration.ofSeconds(7),
            "90m", Duration.ofMinutes(90),
            "168h", Duration.ofDays(7));
    good.forEach((text, expected) -> assertEquals(Optional.of(expected), read(type, text), text));
    for (String bad :
        List.of(
            "5",
            "5 s",
            "s",
            "-5s",
            "+5s",
            "1.5s",
            "5S",
            "5sec",
            "1h30m",
            "PT5M",
            "1d",
            "169h",
            "٥s",
            "999999999h",
            "9999999999ms",
            "0x5s",
            "5s ",
            "",
            "infinity")) {
      assertEquals(Optional.empty(), read(type, bad), bad);
    }
  }

  @Test
  void daysGoWhereTheEndOfSomethingIsFar() {
    assertEquals(Optional.of(Duration.ofDays(30)), read(Amounts.days(), "30d"));
    assertEquals(Optional.of(Duration.ofDays(3650)), read(Amounts.days(), "3650d"));
    assertEquals(Optional.of(Duration.ofHours(36)), read(Amounts.days(), "36h"));
    for (String bad : List.of("3651d", "59m", "0d", "d", "1w", "-1d", "1.5d", "999999999d")) {
      assertEquals(Optional.empty(), read(Amounts.days(), bad), bad);
    }
  }

  @Test
  void whatIsShownCanBeWritten() {
    Type<Duration> type = Amounts.duration(Duration.ZERO);
    for (long millis : new long[] {0, 1, 500, 1000, 1500, 60_000, 90_000, 3_600_000, 604_800_000}) {
      Duration duration = Duration.ofMillis(millis);
      assertEquals(Optional.of(duration), read(type, Amounts.shown(duration)));
    }
  }

  @Test
  void sizesHaveBinaryUnits() {
    Type<Long> type = Amounts.size(1, 8L << 30);
    assertEquals(Optional.of(64L << 20), read(type, "64MiB"));
    assertEquals(Optional.of(1L << 10), read(type, "1KiB"));
    assertEquals(Optional.of(8L << 30), read(type, "8GiB"));
    for (String bad :
        List.of("64", "64MB", "64M", "64 MiB", "0MiB", "9GiB", "999999999GiB", "-1MiB")) {
      assertEquals(Optional.empty(), read(type, bad), bad);
    }
  }

  @Test
  void numbersAreDecimal() {
    for (String bad :
        List.of("0x10", "1_000", "1e3", "+1", "", "99999999999", "٣", "1.0", ".inf")) {
      assertEquals(Optional.empty(), read(Amounts.whole(0, 1_000_000), bad), bad);
    }
    assertEquals(Optional.of(0.25), read(Amounts.fraction(), "0.25"));
    assertEquals(Optional.of(1.0), read(Amounts.fraction(), "1"));
    for (String bad : List.of("1.01", "-0.1", "NaN", ".5", "25%", "1e-3")) {
      assertEquals(Optional.empty(), read(Amounts.fraction(), bad), bad);
    }
  }

  @Test
  void addressesAreLiteralLoopback() {
    for (String good :
        List.of("127.0.0.1:1", "127.255.0.9:65535", "[::1]:9099", "[0:0:0:0:0:0:0:1]:1")) {
      assertEquals(true, read(Address.LOOPBACK, good).isPresent(), good);
    }
    for (String bad :
        List.of(
            "0.0.0.0:1",
            "[::]:1",
            "127.1:1",
            "2130706433:1",
            "0177.0.0.1:1",
            "localhost:1",
            "127.0.0.1:0",
            "127.0.0.1",
            ":9099",
            "::1:9099",
            "[::1]",
            "[fe80::1%lo]:1",
            "127.0.0.1.:1",
            "127.0.0.256:1",
            "10.0.0.1:9099",
            "[::ffff:10.0.0.1]:1",
            "127.0.0.1:+1")) {
      assertEquals(Optional.empty(), read(Address.LOOPBACK, bad), bad);
    }
  }

  @Test
  void nearNamesAreFoundAndFarOnesAreNot() {
    List<String> names = List.of("period", "deadline", "passes", "grace");
    assertEquals(Optional.of("period"), Nearest.to("perod", names));
    assertEquals(Optional.of("period"), Nearest.to("peroid", names));
    assertEquals(Optional.of("deadline"), Nearest.to("dead-line", names));
    assertEquals(Optional.empty(), Nearest.to("zebra", names));
    assertEquals(Optional.empty(), Nearest.to("p".repeat(1_000_000), names));
  }
}
