package io.hasupervisor.observe.credential;

import io.hasupervisor.observe.credential.FileSeen.Content;
import io.hasupervisor.observe.credential.FileSeen.Malformed;
import io.hasupervisor.observe.credential.FileSeen.Read;
import io.hasupervisor.yaml.Problem;
import io.hasupervisor.yaml.Problems;
import io.hasupervisor.yaml.Value;
import io.hasupervisor.yaml.Value.Items;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.Value.Text;
import io.hasupervisor.yaml.YamlReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * The current context of a kubeconfig.
 *
 * @param root what stands for {@code /} in the paths that it names
 */
record KubeconfigReader(Path root, FileSeen<byte[]> file) {

  /**
   * What it says, its PEM texts not yet understood.
   *
   * @param server URL
   */
  record Contents(
      String server,
      boolean verifies,
      Optional<FileSeen<byte[]>> authorities,
      Optional<FileSeen<byte[]>> certificate,
      Optional<FileSeen<byte[]>> key) {

    Optional<String> host() {
      try {
        URI uri = new URI(server);
        return "https".equals(uri.getScheme())
            ? Optional.ofNullable(uri.getHost())
            : Optional.empty();
      } catch (URISyntaxException e) {
        return Optional.empty();
      }
    }
  }

  FileSeen<Contents> read() {
    return file.then(bytes -> contents(new String(bytes, StandardCharsets.UTF_8)));
  }

  /** The reader's own words could quote a secret: only their places are told. */
  private Content<Contents> contents(String yaml) {
    Problems problems = new Problems();
    Optional<Table> read = YamlReader.read(file.path(), yaml, problems);
    if (read.isEmpty() || !problems.none()) {
      int line = problems.all().stream().mapToInt(Problem::line).findFirst().orElse(0);
      return new Malformed<>("is no kubeconfig" + (line == 0 ? "" : ": see line " + line));
    }
    Table config = read.get();
    Optional<Table> context =
        text(config, "current-context").flatMap(name -> named(config, "contexts", name, "context"));
    Optional<Table> cluster =
        context
            .flatMap(in -> text(in, "cluster"))
            .flatMap(name -> named(config, "clusters", name, "cluster"));
    Optional<Table> user =
        context
            .flatMap(in -> text(in, "user"))
            .flatMap(name -> named(config, "users", name, "user"));
    if (cluster.isEmpty() || user.isEmpty()) {
      return new Malformed<>("names no current context with a cluster and a user in it");
    }
    return new Read<>(
        new Contents(
            text(cluster.get(), "server").orElse(""),
            !text(cluster.get(), "insecure-skip-tls-verify").equals(Optional.of("true")),
            pem(cluster.get(), "certificate-authority"),
            pem(user.get(), "client-certificate"),
            pem(user.get(), "client-key")));
  }

  private static Optional<Table> named(Table config, String list, String name, String part) {
    if (!(value(config, list).orElse(config) instanceof Items items)) {
      return Optional.empty();
    }
    return items.items().stream()
        .flatMap(
            item ->
                item instanceof Table table
                    ? Optional.of(table).stream()
                    : Optional.<Table>empty().stream())
        .filter(item -> text(item, "name").equals(Optional.of(name)))
        .flatMap(item -> value(item, part).stream())
        .flatMap(
            value ->
                value instanceof Table table
                    ? Optional.of(table).stream()
                    : Optional.<Table>empty().stream())
        .findFirst();
  }

  /** Embedded under {@code key-data}, which wins, or in the file under {@code key}. */
  private Optional<FileSeen<byte[]>> pem(Table in, String key) {
    Optional<String> embedded = text(in, key + "-data");
    if (embedded.isPresent()) {
      return Optional.of(file.then(_ -> decoded(embedded.get(), key)));
    }
    return text(in, key)
        .map(path -> file.path().resolveSibling(path))
        .map(path -> path.startsWith(root) ? path : Layout.below(root, path))
        .map(BoundedFile::read);
  }

  private static Content<byte[]> decoded(String base64, String key) {
    try {
      return new Read<>(Base64.getMimeDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return new Malformed<>("holds " + key + "-data that is not base64");
    }
  }

  private static Optional<Value> value(Table in, String key) {
    return Optional.ofNullable(in.entries().get(key)).map(Value.Entry::value);
  }

  private static Optional<String> text(Table in, String key) {
    return value(in, key)
        .flatMap(value -> value instanceof Text text ? Optional.of(text.text()) : Optional.empty())
        .filter(text -> !text.isEmpty());
  }
}
