package io.hasupervisor.monit;

import io.hasupervisor.monit.Statement.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What monit's {@code set} statements say about all entries. */
final class Settings {
  /** What is assumed where no cycle is set, in seconds. */
  private static final long CYCLE = 30;

  private static final long LONGEST = 604_800;

  /** No values in these: many are secret. */
  private static final Map<String, String> INSTEAD = instead();

  private final List<String> remarks = new ArrayList<>();
  private final Map<String, Long> limits = new HashMap<>();
  private Optional<Long> cycle = Optional.empty();
  private Optional<String> onReboot = Optional.empty();
  private boolean verify;

  private static Map<String, String> instead() {
    String alerts = NotYet.ALERTS;
    String state = "not needed: all state is kept below state-directory";
    Map<String, String> instead = new HashMap<>();
    for (String mail : List.of("alert", "mailserver", "mail-format", "eventqueue")) {
      instead.put(mail, alerts);
    }
    for (String file : List.of("idfile", "statefile", "pidfile")) {
      instead.put(file, state);
    }
    for (String log : List.of("log", "logfile")) {
      instead.put(log, "not needed: it tells the journal; journalctl -u ha-supervisor");
    }
    instead.put(
        "httpd", "not imported: /status is at http.listen, and orders go by the control socket");
    instead.put("mmonit", "no counterpart: have http://127.0.0.1:9099/status read from this host");
    instead.put("init", "not needed: systemd starts ha-supervisor");
    instead.put("terminal", "not needed: output into a pipe is plain");
    instead.put("fips", "no counterpart: FIPS mode is set for the Java runtime");
    instead.put("expectbuffer", "no counterpart: probes compare no such texts");
    return Map.copyOf(instead);
  }

  /** Takes in one statement. */
  void add(Setting setting, Leftovers leftovers) {
    List<Token> words =
        setting.words().stream().skip(1).filter(it -> !it.in(Keywords.NOISE)).toList();
    switch (setting.subject()) {
      case "daemon" -> daemon(setting, words, leftovers);
      case "limits" -> limits(setting, words, leftovers);
      case "onreboot" -> {
        onReboot = words.stream().findFirst().map(Token::word);
        remarks.add(setting.at() + ": set onreboot, for each service without its own");
      }
      case "ssl", "tls" -> ssl(setting, words, leftovers);
      default ->
          leftovers.add(
              setting.at(),
              setting.shown(),
              INSTEAD.getOrDefault(setting.subject(), "not understood, and not imported"));
    }
  }

  private void daemon(Setting setting, List<Token> words, Leftovers leftovers) {
    if (words.isEmpty() || !words.getFirst().number()) {
      leftovers.add(setting.at(), setting.shown(), "not understood: it needs a number of seconds");
      return;
    }
    long seconds = Math.clamp(Long.parseLong(words.getFirst().text()), 1, LONGEST);
    cycle = Optional.of(seconds);
    remarks.add(setting.at() + ": a cycle of monit was " + seconds + " s");
    if (words.size() > 1) {
      leftovers.add(
          setting.at(),
          "set daemon …: " + Shown.of(words.subList(1, words.size())),
          "not needed: at a start of the host every service has its start-grace");
    }
  }

  private void limits(Setting setting, List<Token> words, Leftovers leftovers) {
    for (int i = 0; i + 2 < words.size(); i++) {
      if (!words.get(i + 1).is(":") || !words.get(i + 2).number()) {
        continue;
      }
      String name = words.get(i).word();
      long value = Long.parseLong(words.get(i + 2).text());
      boolean millis = i + 3 < words.size() && words.get(i + 3).word().matches("ms|millisec.*");
      long seconds = Math.clamp(millis ? (value + 999) / 1000 : value, 1, LONGEST);
      switch (name) {
        case "starttimeout", "stoptimeout", "networktimeout" -> {
          limits.put(name, seconds);
          remarks.add(
              words.get(i).at() + ": " + name + " of " + seconds + " s, where nothing else is set");
        }
        default ->
            leftovers.add(
                words.get(i).at(),
                "set limits " + name,
                "no counterpart: deadline and capture-limit bound what runs, and output is cut");
      }
    }
    remarks.add(setting.at() + ": set limits");
  }

  private void ssl(Setting setting, List<Token> words, Leftovers leftovers) {
    verify = "enable".equals(Connection.options(words).get("verify"));
    if (verify) {
      remarks.add(setting.at() + ": certificates are verified");
    }
    if (!verify || Connection.options(words).size() > 1) {
      leftovers.add(
          setting.at(),
          setting.shown(),
          "only verify: enable is imported; set ca and client-certificate of each https probe");
    }
  }

  /** Seconds. */
  long cycle() {
    return cycle.orElse(CYCLE);
  }

  Optional<Long> limit(String name) {
    return Optional.ofNullable(limits.get(name));
  }

  Optional<String> onReboot() {
    return onReboot;
  }

  boolean verify() {
    return verify;
  }

  /** For the head of the file. */
  List<String> remarks() {
    List<String> all = new ArrayList<>(remarks);
    if (cycle.isEmpty()) {
      all.add("no cycle is set (set daemon): 30 s are assumed");
    }
    return all;
  }
}
