package io.hasupervisor.observe.preflight;

import io.hasupervisor.observe.hostfiles.HostPaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the kernel is set to and has.
 *
 * @param hostName the kernel's; empty where it cannot be read
 * @param swaps devices and files that memory is swapped to
 * @param settings values by sysctl's names; those that are not there are left out
 * @param memory bytes; 0 where unknown
 * @param processors 0 where unknown
 */
public record KernelSeen(
    String hostName,
    List<String> swaps,
    Map<String, String> settings,
    long memory,
    long processors) {
  /** Whether packets between pods pass the rules that services are made of. */
  public static final String BRIDGE = "net.bridge.bridge-nf-call-iptables";

  /** Whether packets from and to pods are passed on. */
  public static final String FORWARD = "net.ipv4.ip_forward";

  public KernelSeen {
    swaps = List.copyOf(swaps);
    settings = Map.copyOf(settings);
  }

  /** Looks once; never throws. */
  public static KernelSeen look(HostPaths paths) {
    Map<String, String> settings = new TreeMap<>();
    for (String name : List.of(BRIDGE, FORWARD)) {
      // The dots of sysctl(8) are slashes here; the names above have none within a part.
      text(paths, "/proc/sys/" + name.replace('.', '/'))
          .ifPresent(value -> settings.put(name, value.strip()));
    }
    return new KernelSeen(
        text(paths, "/proc/sys/kernel/hostname").orElse("").strip(),
        swaps(text(paths, "/proc/swaps").orElse("")),
        settings,
        memory(text(paths, "/proc/meminfo").orElse("")),
        text(paths, "/proc/cpuinfo").orElse("").lines().filter(KernelSeen::processor).count());
  }

  private static boolean processor(String line) {
    return line.matches("processor\\s*:.*");
  }

  private static List<String> swaps(String table) {
    List<String> devices = new ArrayList<>();
    table.lines().skip(1).map(line -> line.split("\\s+", 2)[0]).forEach(devices::add);
    return devices;
  }

  private static long memory(String table) {
    return table
        .lines()
        .filter(line -> line.matches("MemTotal:\\s+\\d{1,15} kB"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElse(0);
  }

  private static Optional<String> text(HostPaths paths, String file) {
    try {
      return Optional.of(Files.readString(paths.at(file), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
