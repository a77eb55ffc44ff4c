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
        running ? Optional.empty() : instant(state.getFinishedAt()),
        exit == null ? 0 : exit.intValue(),
        running ? "" : detail(state));
  }

  private static String detail(ContainerState state) {
    if (state.getError() != null && !state.getError().isBlank()) {
      return Excerpt.of(state.getError());
    }
    if (is(state.getOOMKilled())) {
      return "killed for want of memory";
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
