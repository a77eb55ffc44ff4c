package io.hasupervisor.observe.manifest;

import io.hasupervisor.cluster.ManifestSettings;
import io.hasupervisor.observe.DockerImages;
import io.hasupervisor.observe.manifest.HostFacts.Kind;
import io.hasupervisor.yaml.Utf8;
import io.hasupervisor.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks at this host for the things that manifests speak of; changes nothing. */
public final class HostLook {
  private static final Duration DOCKER = Duration.ofSeconds(3);
  private static final int MOST_FILES = 200;

  private HostLook() {}

  /**
   * Looks; blocks for some seconds where docker hangs.
   *
   * @param ours names of the files that are judged: they are no others
   */
  public static HostFacts look(
      Set<String> paths, Set<String> images, ManifestSettings settings, Set<String> ours) {
    Map<String, Kind> kinds =
        paths.stream().collect(Collectors.toMap(Function.identity(), path -> kind(Path.of(path))));
    DockerImages docker = DockerImages.ask(settings.docker(), images, DOCKER);
    return new HostFacts(
        kinds, docker.present(), docker.problem(), others(settings.directory(), ours));
  }

  private static Kind kind(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        return Kind.DIRECTORY;
      }
      return attributes.isRegularFile() ? Kind.FILE : Kind.OTHER;
    } catch (NoSuchFileException _) {
      return Kind.MISSING;
    } catch (IOException _) {
      return Kind.UNKNOWN;
    }
  }

  /** The kubelet reads every file whose name does not begin with a dot. */
  private static List<Pod> others(Path directory, Set<String> ours) {
    List<Pod> others = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (others.size() < MOST_FILES && !name.startsWith(".") && !ours.contains(name)) {
          pod(file).ifPresent(others::add);
        }
      }
    } catch (IOException _) {
      // A directory that is not there or not ours to read has no others; placing says so itself.
      return List.of();
    }
    return others;
  }

  private static Optional<Pod> pod(Path file) {
    if (!(ManifestBytes.read(file) instanceof ManifestBytes.Whole whole)) {
      return Optional.empty();
    }
    return Utf8.text(file, whole.bytes(), (_, _, _, _) -> {})
        .flatMap(text -> YamlReader.read(file, text, (_, _, _, _) -> {}))
        .filter(root -> Node.of(root).at("kind").textOrEmpty().equals("Pod"))
        .map(root -> Pod.of(file, root));
  }
}
