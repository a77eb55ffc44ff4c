package io.hasupervisor.publish;

import io.hasupervisor.publish.Status.IncidentRef;
import io.hasupervisor.publish.Status.Notice;
import io.hasupervisor.publish.Status.ServiceStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The status as text: one row per service, its reason below, within the width asked for. */
public final class StatusText {
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int LONGEST_NAME = 20;

  private StatusText() {}

  /** The whole status. */
  public static String of(Status status, Rendering as) {
    int nameWidth =
        Math.clamp(
            status.services().stream().mapToInt(s -> s.name().length()).max().orElse(0),
            "SERVICE".length(),
            LONGEST_NAME);
    StringBuilder text = new StringBuilder();
    text.append(Plain.line(status.node(), as.width() - 34))
        .append("  ")
        .append(Colour.of(status.verdict()).paint(status.verdict().name(), as))
        .append("  ")
        .append(DAY_AND_TIME.format(status.at()))
        .append('\n');
    wrap(text, "", status.summary(), as);
    text.append('\n');
    row(text, nameWidth, "SERVICE", "STATE     ", "SINCE", "TRY", "NEXT", as);
    for (ServiceStatus service : status.services()) {
      service(text, nameWidth, service, status.at(), as);
    }
    status.controlPlane().ifPresent(it -> ControlPlaneText.append(text, it, status.at(), as));
    status.worker().ifPresent(it -> WorkerStatusView.text(text, it, status.at(), as));
    for (Notice notice : status.notices()) {
      text.append('\n');
      wrap(text, "! ", notice.text() + " (" + ago(notice.since(), status.at()) + ")", as);
    }
    return text.toString();
  }

  /** Events, one on each line, which begins with the event's number. */
  public static String of(List<ServiceEvent> events) {
    StringBuilder text = new StringBuilder();
    for (ServiceEvent event : events) {
      text.append(event.seq())
          .append(' ')
          .append(DAY_AND_TIME.format(event.at()))
          .append(' ')
          .append(event.service())
          .append(' ')
          .append(event.from().equals(event.to()) ? event.to() : event.from() + " -> " + event.to())
          .append(' ')
          .append(event.because())
          .append(": ")
          .append(Plain.line(event.reason(), 400))
          .append('\n');
    }
    return text.toString();
  }

  private static void service(
      StringBuilder text, int nameWidth, ServiceStatus service, Instant at, Rendering as) {
    row(
        text,
        nameWidth,
        service.name(),
        Colour.ofState(service.state()).paint(padded(service.state(), 10), as),
        since(service.since(), at),
        Integer.toString(service.attempt()),
        next(service, at),
        as);
    wrap(text, "  ", service.reason(), as);
    if (!service.incidents().isEmpty()) {
      IncidentRef newest = service.incidents().getFirst();
      wrap(
          text,
          "  ",
          ago(newest.at(), at)
              + ": "
              + newest.what()
              + "; to see it: ha-supervisor incident show "
              + newest.id(),
          as);
    }
  }

  static String next(ServiceStatus service, Instant at) {
    return service.nextAction()
        + service
            .nextAt()
            .map(next -> next.isAfter(at) ? " in " + Span.text(Duration.between(at, next)) : " now")
            .orElse("");
  }

  static String since(Instant then, Instant at) {
    boolean today = Duration.between(then, at).toDays() == 0;
    return (today ? TIME : DAY).format(then) + " " + ago(then, at);
  }

  static String ago(Instant then, Instant at) {
    return Span.text(Duration.between(then, at)) + " ago";
  }

  private static void row(
      StringBuilder text,
      int nameWidth,
      String name,
      String paddedState,
      String since,
      String attempt,
      String next,
      Rendering as) {
    text.append(padded(Plain.line(name, nameWidth), nameWidth))
        .append("  ")
        .append(paddedState)
        .append("  ")
        .append(padded(since, 21))
        .append("  ")
        .append(attempt.length() < 3 ? " ".repeat(3 - attempt.length()) : "")
        .append(attempt)
        .append("  ");
    int left = as.width() - nameWidth - 42;
    text.append(left < 8 ? "" : Plain.line(next, left));
    while (text.charAt(text.length() - 1) == ' ') {
      text.setLength(text.length() - 1);
    }
    text.append('\n');
  }

  static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** Appends {@code words} in lines of the width asked for; a longer word is cut across lines. */
  static void wrap(StringBuilder text, String indent, String words, Rendering as) {
    String rest = Plain.line(words, 1000);
    String before = indent;
    while (!rest.isEmpty()) {
      int room = as.width() - indent.length();
      int cut = rest.length() <= room ? rest.length() : rest.lastIndexOf(' ', room);
      int end = cut <= 0 ? room : cut;
      text.append(before).append(rest, 0, end).append('\n');
      rest = rest.substring(end).strip();
      before = " ".repeat(indent.length());
    }
  }
}
