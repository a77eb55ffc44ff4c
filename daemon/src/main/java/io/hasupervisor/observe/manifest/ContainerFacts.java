package io.hasupervisor.observe.manifest;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import io.hasupervisor.observe.Excerpt;
import io.hasupervisor.observe.manifest.PodSeen.ContainerSeen;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What docker tells of single containers, during one look: images are asked about once. */
final class ContainerFacts {
  /** Characters of docker's words that fit into a sentence. */
  private static final int ERROR = 120;

  private final DockerClient docker;
  private final Map<String, List<String>> imageNames = new HashMap<>();

  ContainerFacts(DockerClient docker) {
    this.docker = docker;
  }

  /** The container of this id; empty where it has gone meanwhile. */
  Optional<ContainerSeen> of(String id, KubeletName name) {
    try {
      return Optional.of(seen(docker.inspectContainerCmd(id).exec(), id, name));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  private ContainerSeen seen(InspectContainerResponse told, String id, KubeletName name) {
    ContainerState state = told.getState();
    boolean running =
        is(state.getRunning()) && !is(state.getPaused()) && !is(state.getRestarting());
    Long exit = state.getExitCodeLong();
    return new ContainerSeen(
        id,
        name.uid(),
        name.container(),
        name.attempt(),
        images(told),
        arguments(told),
        instant(told.getCreated()).orElse(Instant.EPOCH),
        running,
        running ? Optional.empty() : ended(told),
        exit == null ? 0 : exit.intValue(),
        running ? "" : detail(state));
  }

  /** One that could not be started has no end, though the kubelet will make the next. */
  private static Optional<Instant> ended(InspectContainerResponse told) {
    ContainerState state = told.getState();
    return instant(state.getFinishedAt())
        .or(() -> error(state).isEmpty() ? Optional.empty() : instant(told.getCreated()));
  }

  /** Docker's words, in which the cause stands last: where they are many, the end of them. */
  private static String error(ContainerState state) {
    String words = state.getError() == null ? "" : state.getError().strip();
    while (words.length() > ERROR && words.contains(": ")) {
      words = words.substring(words.indexOf(": ") + 2);
    }
    return Excerpt.of(words);
  }

  private static String detail(ContainerState state) {
    if (!error(state).isEmpty()) {
      return error(state);
    }
    if (is(state.getOOMKilled())) {
      return PodSeen.OUT_OF_MEMORY;
    }
    // "exited" says no more than the exit code does.
    String status = state.getStatus() == null ? "" : state.getStatus();
    return status.equals("exited") ? "" : Excerpt.of(status);
  }

  private List<String> images(InspectContainerResponse told) {
    List<String> names = new ArrayList<>();
    String asked = told.getConfig() == null ? null : told.getConfig().getImage();
    if (asked != null) {
      names.add(asked);
    }
    String id = told.getImageId();
    if (id != null && (asked == null || asked.contains("sha256:") || id.contains(asked))) {
      names.addAll(imageNames.computeIfAbsent(id, this::namesOf));
    }
    return names;
  }

  private List<String> namesOf(String image) {
    List<String> names = new ArrayList<>();
    try {
      InspectImageResponse told = docker.inspectImageCmd(image).exec();
      if (told.getRepoTags() != null) {
        names.addAll(told.getRepoTags());
      }
      if (told.getRepoDigests() != null) {
        names.addAll(told.getRepoDigests());
      }
    } catch (NotFoundException e) {
      // Removed while it is in use: it has no names any more.
    }
    return names;
  }

  private static List<String> arguments(InspectContainerResponse told) {
    List<String> words = new ArrayList<>();
    if (told.getPath() != null) {
      words.add(told.getPath());
    }
    if (told.getArgs() != null) {
      words.addAll(List.of(told.getArgs()));
    }
    return words;
  }

  /** Empty for what is no time, and for docker's year 1, which means never. */
  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(String.valueOf(text))).filter(Instant.EPOCH::isBefore);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static boolean is(Boolean flag) {
    return Boolean.TRUE.equals(flag);
  }
}
