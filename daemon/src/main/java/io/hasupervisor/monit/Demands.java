package io.hasupervisor.monit;

import io.hasupervisor.monit.Connection.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a connection demands besides an answer.
 *
 * @param lines of our probe that demand the same
 * @param lost what our probe does not look at: it is then the milder one
 * @param prevent why our probe would fail where monit's passes
 */
record Demands(List<Line> lines, List<String> lost, List<String> prevent) {

  /** One of our keys. */
  sealed interface Line {
    /** With a text. */
    record Text(String key, String value) implements Line {}

    /** That is true. */
    record Truth(String key) implements Line {}

    /** With statuses. */
    record Numbers(String key, List<Integer> some) implements Line {}
  }

  private static final Pattern META = Pattern.compile("[\\[\\](){}.*+?^$|\\\\]");
  private static final Set<String> MILD = Set.of("default", "http", "https");

  /** Whether a good answer is all that is wanted. */
  boolean none() {
    return lost.isEmpty()
        && prevent.isEmpty()
        && lines.stream()
            .allMatch(
                line ->
                    line instanceof Line.Numbers(_, List<Integer> some)
                        && (some.equals(List.of(200)) || some.equals(Statuses.unsaid())));
  }

  static Demands of(Connection connection, ProbeTarget target, boolean verify) {
    Demands demands = new Demands(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    if (target instanceof ProbeTarget.Http http) {
      demands.http(connection, http, verify);
    } else {
      demands.other(connection);
    }
    demands.lost(connection);
    return demands;
  }

  private void http(Connection connection, ProbeTarget.Http http, boolean verify) {
    Part status = connection.parts().get("status");
    List<Integer> some =
        status == null
            ? Statuses.unsaid()
            : status.value().matches("[0-9]{1,9}")
                ? Statuses.accepted(status.operator(), Integer.parseInt(status.value()))
                : List.of();
    if (some.isEmpty()) {
      prevent.add("no status of HTTP is like that");
    } else {
      lines.add(new Line.Numbers("statuses", some));
    }
    if (http.url().startsWith("https:")) {
      secure(connection, verify);
    }
    if (connection.has("username")
        || connection.has("password")
        || connection.value("url").filter(ProbeTarget::hasUser).isPresent()) {
      prevent.add("no user and password are sent; a bearer-token-file can be");
    }
    if (connection.has("hostheader") || connection.has("headers")) {
      prevent.add("no header lines are sent; the Host is that of url");
    }
    content(connection);
    if (connection.value("method").filter(it -> !it.equalsIgnoreCase("get")).isPresent()) {
      lost.add("it asks with GET");
    }
    if (connection.has("checksum")) {
      lost.add("no checksum of a body is taken");
    }
  }

  /** Where nothing else is said, monit takes any certificate. */
  private void secure(Connection connection, boolean everywhere) {
    boolean verify =
        connection.value("ssl verify").map(it -> it.equalsIgnoreCase("enable")).orElse(everywhere);
    if (!verify) {
      lines.add(new Line.Truth("insecure"));
    } else {
      connection.value("ssl cacertificatefile").ifPresent(it -> lines.add(new Line.Text("ca", it)));
      if (connection
          .value("ssl selfsigned")
          .filter(it -> it.equalsIgnoreCase("allow"))
          .isPresent()) {
        prevent.add("a self-signed certificate is taken only if it is named as ca");
      }
    }
    if (connection.has("ssl clientpemfile")) {
      prevent.add("set client-certificate and client-key");
    }
  }

  private void content(Connection connection) {
    Part content = connection.parts().get("content");
    if (content == null) {
      return;
    }
    boolean equal = Set.of("", "=", "==", "equal", "eq").contains(content.operator());
    if (equal && !META.matcher(content.value()).find() && !content.value().isEmpty()) {
      lines.add(new Line.Text("body-contains", content.value()));
    } else {
      lost.add("body-contains takes a plain text, and only for what must be there");
    }
  }

  private void other(Connection connection) {
    if (!MILD.contains(connection.protocol())) {
      lost.add(
          "it asks only if a connection is accepted, not in the protocol "
              + connection.protocol()
              + "; for more use type command");
    }
    if (connection.isSecure()) {
      lost.add("no TLS is spoken");
    }
    if (connection.has("send") || connection.has("expect")) {
      lost.add("nothing is sent or expected; for that use type command");
    }
  }

  private void lost(Connection connection) {
    if (connection.has("responsetime")) {
      lost.add("an answer may take until deadline: set that to the longest time");
    }
    if (connection.has("address")) {
      lost.add("the source address is the system's choice");
    }
    if (connection.has("ipv4") || connection.has("ipv6")) {
      lost.add("the version of IP is that of the address: write one in place of a name");
    }
    if (connection.has("certificate days")) {
      lost.add(NotYet.CERTIFICATE_DAYS);
    }
    if (connection.has("certificate checksum") || connection.has("certmd5")) {
      lost.add("no checksum of a certificate is taken: set ca");
    }
    for (String option : List.of("version", "ciphers", "cipher", "cacertificatepath", "pemfile")) {
      if (connection.has("ssl " + option)) {
        lost.add("TLS option " + option + ": the Java runtime's own is used");
      }
    }
  }
}
