package io.hasupervisor.monit;

import io.hasupervisor.monit.Statement.Rate;
import io.hasupervisor.monit.Statement.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes probes of one service's tests of connections.
 *
 * @param builtIn the service, where our configuration has it without being told
 * @param observed whether nothing is done for the service: then a test that only alerts is one too
 * @param every cycles between two tests
 */
record ProbeImport(
    Settings settings,
    Optional<BuiltIn> builtIn,
    boolean observed,
    int every,
    Block probes,
    Leftovers leftovers) {
  /** The default of {@code period}, {@code deadline} and {@code failures}. */
  private static final long PERIOD = 5;

  private static final int FAILURES = 3;
  private static final long LONGEST = 604_800;
  private static final int MOST = 100;

  void add(Test test) {
    Optional<Connection> read = Connection.of(test.condition());
    if (read.isEmpty()) {
      leftovers.add(
          test.at(),
          "if " + Shown.begin(test.condition()),
          "not understood, and not imported: write the probe by hand");
      return;
    }
    Connection connection = read.get();
    if (test.begins("succeeded")) {
      left(test, "no counterpart: a probe passes where something answers");
    } else if (isUdp(connection)) {
      left(
          test,
          "no probe over UDP: use type command, with a program that asks and ends with 0 if well");
    } else {
      ProbeTarget.of(connection)
          .ifPresentOrElse(
              target -> add(test, connection, target),
              () -> left(test, "not imported: no port, socket or URL that a probe takes"));
    }
  }

  private static boolean isUdp(Connection connection) {
    return connection.value("type").orElse("").equalsIgnoreCase("udp")
        || connection.protocol().equals("ntp3");
  }

  private void add(Test test, Connection connection, ProbeTarget target) {
    Demands demands = Demands.of(connection, target, settings.verify());
    Optional<BuiltIn> known =
        builtIn.filter(it -> demands.none() && asks(it, target) && !probes.has(it.probe()));
    if (known.isPresent() && !test.act().is("restart") && !observed) {
      left(
          test,
          "asked by the built-in probe %s, which leads to a restart where monit does not: set"
                  .formatted(known.get().probe())
              + " services.%s.probes.%s.enabled: false to have none"
                  .formatted(known.get().name(), known.get().probe()));
      return;
    }
    Block probe = probes.block(known.map(BuiltIn::probe).orElseGet(() -> free(name(target))));
    if (known.isPresent()) {
      known(test, known.get(), target, probe);
    } else {
      write(test, target, probe);
      demands.lines().forEach(line -> write(test, line, probe));
    }
    tolerance(test, connection, probe);
    List<String> off = new ArrayList<>(demands.prevent());
    if (!test.act().is("restart") && !observed) {
      off.add(
          "monit does not restart here, but a failed probe leads to a restart; set enabled: true"
              + " if you want that");
    }
    if (!off.isEmpty()) {
      probe.truth("enabled", false, test.at());
      left(test, "imported, but switched off: " + String.join("; ", off));
    }
    demands.lost().forEach(lost -> left(test, "imported without a part: " + lost));
    test.after()
        .filter(it -> !it.is("alert", "ignore"))
        .ifPresent(it -> left(test, "not imported: what is done once it is well again"));
  }

  private static boolean asks(BuiltIn service, ProbeTarget target) {
    return switch (target) {
      case ProbeTarget.Http http ->
          http.socket().map(service.sockets()::contains).orElse(local(service.url(), http.url()));
      case ProbeTarget.Unix unix -> service.sockets().contains(unix.socket());
      case ProbeTarget.Tcp _ -> false;
    };
  }

  /** The same path on this host; the port has changed over the years. */
  private static boolean local(String ours, String theirs) {
    String path = ours.replaceFirst("http://[^/]*", "");
    return !ours.isEmpty()
        && theirs.matches("http://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]+)?" + path);
  }

  private static void known(Test test, BuiltIn service, ProbeTarget target, Block probe) {
    boolean other =
        target instanceof ProbeTarget.Http http
            && http.socket().isEmpty()
            && !http.url().equals(service.url());
    if (other && target instanceof ProbeTarget.Http(String url, _)) {
      probe.text("url", url, test.at());
    } else {
      probe.remark(test.at(), "asked by the built-in probe " + service.probe());
    }
  }

  private static void write(Test test, ProbeTarget target, Block probe) {
    switch (target) {
      case ProbeTarget.Http http -> {
        probe.text("type", "http", test.at());
        probe.text("url", http.url(), test.at());
        http.socket().ifPresent(it -> probe.text("unix-socket", it, test.at()));
      }
      case ProbeTarget.Tcp tcp -> {
        probe.text("type", "tcp", test.at());
        probe.text("address", ProbeTarget.bracketed(tcp.host()) + ":" + tcp.port(), test.at());
      }
      case ProbeTarget.Unix unix -> {
        probe.text("type", "unix", test.at());
        probe.text("unix-socket", unix.socket(), test.at());
      }
    }
  }

  private static void write(Test test, Demands.Line line, Block probe) {
    switch (line) {
      case Demands.Line.Text(String key, String value) -> probe.text(key, value, test.at());
      case Demands.Line.Truth(String key) -> probe.truth(key, true, test.at());
      case Demands.Line.Numbers(String key, List<Integer> some) -> probe.list(key, some, test.at());
    }
  }

  private static String name(ProbeTarget target) {
    return switch (target) {
      case ProbeTarget.Http http -> http.socket().isPresent() ? "http-socket" : "http";
      case ProbeTarget.Tcp tcp -> "port-" + tcp.port();
      case ProbeTarget.Unix _ -> "socket";
    };
  }

  private String free(String name) {
    String free = name;
    for (int i = 2; probes.has(free) || isBuiltIn(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }

  private boolean isBuiltIn(String probe) {
    return builtIn.filter(it -> it.probe().equals(probe)).isPresent();
  }

  /** As patient as monit, where it was told to be patient; else as patient as ever. */
  private void tolerance(Test test, Connection connection, Block probe) {
    Optional<Long> deadline =
        connection
            .value("timeout")
            .filter(it -> it.matches("[0-9]{1,9}"))
            .map(Long::valueOf)
            .or(() -> settings.limit("networktimeout"))
            .map(it -> Math.clamp(it, 1, LONGEST));
    boolean cycles = test.rate().isPresent() || every > 1;
    long period = cycles ? Math.min(LONGEST, settings.cycle() * every) : PERIOD;
    long longer = Math.max(period, deadline.orElse(0L));
    if (longer != PERIOD) {
      probe.seconds("period", longer, test.at());
    }
    deadline.ifPresent(it -> probe.seconds("deadline", it, test.at()));
    int tries =
        connection
            .value("retry")
            .map(it -> it.matches("[0-9]{1,2}") ? Integer.parseInt(it) + 1 : MOST)
            .orElse(1);
    int failures =
        Math.clamp(Math.max(test.rate().map(Rate::failures).orElse(FAILURES), tries), 1, MOST);
    if (test.rate().isPresent() || failures != FAILURES) {
      probe.number("failures", failures, test.at());
    } else {
      probe.remark(test.at(), "3 failures in a row, or 5 of 8, where monit takes one");
    }
    test.rate()
        .filter(it -> !it.inARow() && it.cycles() > failures && it.cycles() <= MOST)
        .ifPresent(it -> probe.failuresOf(failures, it.cycles(), test.at()));
  }

  private void left(Test test, String instead) {
    leftovers.add(test.at(), test.shown(), instead);
  }
}
