package io.hasupervisor.loop;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.hasupervisor.act.credential.MadeSet;
import io.hasupervisor.assess.Finding;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.loop.CredentialInspection.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A master's files below a temporary root; each look at them is searched for secrets. */
public record CredentialFolder(Path root, Master master) {

  /** What was made for this master. */
  public static CredentialFolder made(Path root, Profile profile, String name) throws IOException {
    MadeSet.place(profile, name, root);
    return new CredentialFolder(root, MadeSet.master(profile, name));
  }

  /** Below the directory of credentials. */
  public Path file(String name) {
    return directory().resolve(name);
  }

  public Path directory() {
    return root.resolve(Path.of("/").relativize(master.credentials().directory()));
  }

  Path etc(String name) {
    return root.resolve("etc/kubernetes").resolve(name);
  }

  List<Finding> findings() throws IOException {
    try {
      Report report = CredentialInspection.below(root, master, () -> MadeSet.NOW).look();
      holdsNoSecret(report.toString());
      return report.findings();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  Set<String> codes() throws IOException {
    return findings().stream().map(Finding::code).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether none of the keys, tokens and passwords below the root is in {@code text}. */
  public void holdsNoSecret(String text) throws IOException {
    for (String secret : secrets()) {
      assertFalse(text.contains(secret), () -> "a secret is in: " + text);
    }
  }

  private Set<String> secrets() throws IOException {
    Set<String> secrets = new TreeSet<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        String text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        if (name.endsWith(".key")) {
          secrets.addAll(text.lines().filter(line -> !line.startsWith("-----")).limit(30).toList());
        } else if (name.endsWith(".csv")) {
          text.lines().map(line -> line.replaceAll("[,\"].*", "")).forEach(secrets::add);
        } else if (name.endsWith(".conf")) {
          text.lines()
              .filter(line -> line.contains("client-key-data: "))
              .map(line -> line.strip().substring("client-key-data: ".length()))
              .map(data -> data.substring(0, Math.min(data.length(), 100)))
              .forEach(secrets::add);
        }
      }
    }
    secrets.removeIf(String::isBlank);
    secrets.removeIf(secret -> secret.length() < 8);
    return secrets;
  }
}
