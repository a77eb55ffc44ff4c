package io.hasupervisor.act.manifest;

import io.hasupervisor.cluster.Manifest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What manifests may be, to be stored and placed as files. */
final class ManifestFiles {
  /** Manifests of one revision. */
  static final int COUNT_LIMIT = 64;

  /** Bytes of one manifest. */
  static final int SIZE_LIMIT = 1 << 20;

  // No dot first, for the kubelet would pass over it; no slash, for it would leave its directory.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private ManifestFiles() {}

  /** Why this one cannot be a file, as a sentence. */
  static Optional<String> fault(Manifest manifest) {
    if (!NAME.matcher(manifest.name()).matches()) {
      return Optional.of(
          "A manifest's name is made of letters, digits, '.', '_' and '-' and begins with a letter"
              + " or digit: \""
              + shown(manifest.name())
              + "\" is none");
    }
    return manifest.bytes().length > SIZE_LIMIT
        ? Optional.of(manifest.file() + " is larger than " + SIZE_LIMIT + " bytes")
        : Optional.empty();
  }

  private static String shown(String name) {
    return name.chars()
        .limit(40)
        .map(c -> c >= ' ' && c < 127 ? c : '?')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Why these cannot be one revision, as a sentence. */
  static Optional<String> fault(List<Manifest> manifests) {
    if (manifests.isEmpty() || manifests.size() > COUNT_LIMIT) {
      return Optional.of(
          "A revision has 1 to %d manifests, not %d".formatted(COUNT_LIMIT, manifests.size()));
    }
    Set<String> names = new HashSet<>();
    return manifests.stream()
        .flatMap(
            manifest ->
                names.add(manifest.name())
                    ? fault(manifest).stream()
                    : Optional.of("There are two manifests " + manifest.name()).stream())
        .findFirst();
  }
}
