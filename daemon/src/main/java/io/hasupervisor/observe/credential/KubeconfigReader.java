package io.hasupervisor.observe.credential;

import io.hasupervisor.observe.credential.FileSeen.Content;
import io.hasupervisor.observe.credential.FileSeen.Malformed;
import io.hasupervisor.observe.credential.FileSeen.Read;
import io.hasupervisor.yaml.Problem;
import io.hasupervisor.yaml.Problems;
import io.hasupervisor.yaml.Quote;
import io.hasupervisor.yaml.Value;
import io.hasupervisor.yaml.Value.Items;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.Value.Text;
import io.hasupervisor.yaml.YamlReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The current context of a kubeconfig, however many others are in it.
 *
 * @param root what stands for {@code /} in the paths that it names
 */
public record KubeconfigReader(Path root, FileSeen<byte[]> file) {

  /**
   * What it says, its PEM texts not yet understood.
   *
   * @param server URL
   * @param verifies whether the apiserver's certificate is to be verified
   * @param token embedded or in a file; the file wins, as in client-go
   * @param plugin by which its client would get credentials from elsewhere: {@code exec} or {@code
   *     auth-provider}
   */
  public record Contents(
      String server,
      boolean verifies,
      Optional<FileSeen<byte[]>> authorities,
      Optional<FileSeen<byte[]>> certificate,
      Optional<FileSeen<byte[]>> key,
      Optional<FileSeen<byte[]>> token,
      Optional<String> plugin) {

    /** Host in the server's URL; empty where it is no https URL. */
    public Optional<String> host() {
      try {
        URI uri = new URI(server);
        return "https".equals(uri.getScheme())
            ? Optional.ofNullable(uri.getHost())
            : Optional.empty();
      } catch (URISyntaxException e) {
        return Optional.empty();
      }
    }

    /** The files that it leads to, apart from itself. */
    public Stream<FileSeen<byte[]>> parts() {
      return Stream.of(authorities, certificate, key, token).flatMap(Optional::stream);
    }
  }

  /** What {@code file} says; the files that it names are read too. */
  public static FileSeen<Contents> read(Path file) {
    return new KubeconfigReader(Path.of("/"), BoundedFile.read(file)).read();
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
    Optional<String> current = text(config, "current-context");
    if (current.isEmpty()) {
      return new Malformed<>("has no current-context");
    }
    Optional<Table> context = named(config, "contexts", current.get(), "context");
    if (context.isEmpty()) {
      return new Malformed<>("has no context of the name " + Quote.of(current.get()));
    }
    Optional<Table> cluster =
        text(context.get(), "cluster").flatMap(name -> named(config, "clusters", name, "cluster"));
    Optional<Table> user =
        text(context.get(), "user").flatMap(name -> named(config, "users", name, "user"));
    return cluster.isEmpty() || user.isEmpty()
        ? new Malformed<>(
            "has no "
                + (cluster.isEmpty() ? "cluster" : "user")
                + " for its current context "
                + Quote.of(current.get()))
        : new Read<>(contents(cluster.get(), user.get()));
  }

  private Contents contents(Table cluster, Table user) {
    return new Contents(
        text(cluster, "server").orElse(""),
        !text(cluster, "insecure-skip-tls-verify").equals(Optional.of("true")),
        embeddedOrFile(cluster, "certificate-authority"),
        embeddedOrFile(user, "client-certificate"),
        embeddedOrFile(user, "client-key"),
        file(user, "tokenFile").or(() -> text(user, "token").map(this::embedded)),
        Stream.of("exec", "auth-provider").filter(user.entries()::containsKey).findFirst());
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
  private Optional<FileSeen<byte[]>> embeddedOrFile(Table in, String key) {
    Optional<String> embedded = text(in, key + "-data");
    return embedded.isPresent()
        ? Optional.of(file.then(_ -> decoded(embedded.get(), key)))
        : file(in, key);
  }

  private Optional<FileSeen<byte[]>> file(Table in, String key) {
    return text(in, key).map(name -> named(name, key));
  }

  private FileSeen<byte[]> named(String name, String key) {
    try {
      Path path = file.path().resolveSibling(name);
      return BoundedFile.read(path.startsWith(root) ? path : Layout.below(root, path));
    } catch (InvalidPathException e) {
      return file.then(_ -> new Malformed<>("names a file under " + key + " that can be none"));
    }
  }

  private FileSeen<byte[]> embedded(String text) {
    return file.then(_ -> new Read<>(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Strict but for white space, as client-go reads it. */
  private static Content<byte[]> decoded(String base64, String key) {
    try {
      return new Read<>(Base64.getDecoder().decode(base64.replaceAll("\\s", "")));
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
