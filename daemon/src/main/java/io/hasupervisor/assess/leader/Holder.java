package io.hasupervisor.assess.leader;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Who stands behind a record's {@code holderIdentity}. */
final class Holder {
  private Holder() {}

  /**
   * The master on which it runs. An identity is the host's name, followed since Kubernetes 1.9 by
   * an underscore and a UUID; that name may be the full one or its first label alone.
   *
   * @param masters IP addresses by node name
   */
  static Optional<String> master(String identity, Map<String, String> masters) {
    int end = identity.lastIndexOf('_');
    String host = lower(end > 0 ? identity.substring(0, end) : identity);
    return Stream.concat(
            masters.keySet().stream()
                .filter(name -> lower(name).equals(host) || lower(name).equals(lower(identity))),
            masters.entrySet().stream()
                .filter(each -> each.getValue().equals(host))
                .map(Map.Entry::getKey))
        .findFirst()
        .or(() -> byLabel(host, masters));
  }

  /** Only where one is the whole of the other, and no second master begins in the same way. */
  private static Optional<String> byLabel(String host, Map<String, String> masters) {
    List<String> alike =
        masters.keySet().stream().filter(name -> label(lower(name)).equals(label(host))).toList();
    return alike.size() == 1
        ? Optional.of(alike.getFirst())
            .filter(name -> host.indexOf('.') < 0 || name.indexOf('.') < 0)
        : Optional.empty();
  }

  private static String label(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
