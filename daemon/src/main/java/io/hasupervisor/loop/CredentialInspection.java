package io.hasupervisor.loop;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.credential.CredentialRules;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.observe.credential.CredentialReader;
import io.hasupervisor.observe.credential.CredentialsSeen;
import io.hasupervisor.observe.credential.Handshakes;
import io.hasupervisor.observe.credential.Layout;
import io.hasupervisor.observe.credential.ServerPoint;
import io.hasupervisor.observe.credential.Shown;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Looks at a master's credentials and at what its servers show; keeps nothing between two looks.
 */
public final class CredentialInspection {
  private static final Duration HANDSHAKE = Duration.ofSeconds(2);

  private final Master master;
  private final Path root;
  private final Layout layout;
  private final List<ServerPoint> servers;
  private final InstantSource clock;

  private CredentialInspection(
      Master master, Path root, Layout layout, List<ServerPoint> servers, InstantSource clock) {
    this.master = master;
    this.root = root;
    this.layout = layout;
    this.servers = List.copyOf(servers);
    this.clock = clock;
  }

  /**
   * Of this host.
   *
   * @param clock wall time
   */
  public static CredentialInspection of(Master master, InstantSource clock) {
    Path root = Path.of("/");
    Layout layout = Layout.of(master, root);
    return asking(root, master, ServerPoint.of(master, layout), clock);
  }

  /** Of the files below {@code root}, as of an unpacked archive; asks no server. */
  public static CredentialInspection below(Path root, Master master, InstantSource clock) {
    return asking(root, master, List.of(), clock);
  }

  /** Of the files below {@code root}, and of these servers. */
  static CredentialInspection asking(
      Path root, Master master, List<ServerPoint> servers, InstantSource clock) {
    return new CredentialInspection(master, root, Layout.of(master, root), servers, clock);
  }

  /** Files whose change is worth another look. */
  public List<Path> watched() {
    return layout.files();
  }

  /** What is there, and what is wrong with it. */
  public record Report(CredentialsSeen seen, List<Finding> findings) {
    public Report {
      findings = List.copyOf(findings);
    }
  }

  /** One look: 2 seconds at most for all servers, and a few files. */
  public Report look() throws InterruptedException {
    List<Shown> shown = servers.isEmpty() ? List.of() : Handshakes.with(servers, HANDSHAKE);
    CredentialsSeen seen = CredentialReader.read(layout, root, shown, clock.instant());
    return new Report(seen, CredentialRules.findings(master, seen));
  }

  /** What is wrong; nothing, and this thread is interrupted, where the look was broken off. */
  public List<Finding> findings() {
    try {
      return look().findings();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
