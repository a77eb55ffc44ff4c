package io.hasupervisor.command;

import io.hasupervisor.yaml.Quote;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a first configuration of a master, and says how to go on. */
@Command(
    name = "init",
    description = {
      "Write a first configuration of this master, from which its manifests are made.",
      "At a terminal it asks for what is left out. It places nothing."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  ha-supervisor init --profile seed --node-name a --load-balancer 10.0.0.10 \\",
      "    --masters a=10.0.0.1,b=10.0.0.2,c=10.0.0.3"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:written",
      "1:the file is there already, or cannot be written",
      "2:something is missing or wrong; nothing was written",
      "78:written, but the configuration as a whole is wrong"
    })
final class InitCommand extends LocalCommand {
  private final Supplier<Optional<BufferedReader>> keyboard;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      description = "seed: docker, the design of 2015 to 2018; or modern: kubeadm's shape.")
  Optional<String> profile = Optional.empty();

  @Option(names = "--node-name", paramLabel = "NAME", description = "This host among the masters.")
  Optional<String> name = Optional.empty();

  @Option(
      names = "--node-ip",
      paramLabel = "ADDRESS",
      description = "Its IP address (default: the one in --masters).")
  Optional<String> address = Optional.empty();

  @Option(
      names = "--masters",
      paramLabel = "NAME=ADDRESS,...",
      description = "All masters with their IP addresses, this one included.")
  Optional<String> masters = Optional.empty();

  @Option(
      names = "--load-balancer",
      paramLabel = "HOST[:PORT]",
      description = "By which clients reach all apiservers, or none.")
  Optional<String> loadBalancer = Optional.empty();

  @Option(
      names = "--service-cidr",
      paramLabel = "RANGE",
      description = "Addresses of services (default: 10.96.0.0/12).")
  Optional<String> serviceCidr = Optional.empty();

  @Option(
      names = "--pod-cidr",
      paramLabel = "RANGE",
      description = "Addresses of pods (default: 10.244.0.0/16).")
  Optional<String> podCidr = Optional.empty();

  @Option(
      names = "--token",
      paramLabel = "WORD",
      description = "Of etcd's bootstrap, equal on all masters (default: a random one).")
  Optional<String> token = Optional.empty();

  @Option(
      names = "--discovery",
      paramLabel = "URL",
      description = "From: ha-supervisor etcd new-token. In place of --token; seed only.")
  Optional<String> discovery = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to write (default: conf.d/master.yaml beside the configuration).")
  Optional<Path> output = Optional.empty();

  @Option(names = "--force", description = "Replace the file; the old one is kept beside it.")
  boolean force;

  InitCommand() {
    this(InitCommand::terminal);
  }

  /**
   * A seam for tests.
   *
   * @param keyboard empty where nobody can be asked
   */
  InitCommand(Supplier<Optional<BufferedReader>> keyboard) {
    this.keyboard = keyboard;
  }

  private static Optional<BufferedReader> terminal() {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(console -> new BufferedReader(console.reader()));
  }

  @Override
  public Integer call() {
    Path file = output.orElse(config.resolveSibling("conf.d").resolve("master.yaml"));
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !force) {
      return fail(1, file + " is there already; --force replaces it and keeps the old one");
    }
    Questions questions = new Questions(keyboard.get(), out());
    FirstConfig first = new Interview(questions, this).hold();
    if (!questions.missing().isEmpty()) {
      return fail(2, "missing: " + String.join("; ", questions.missing()));
    }
    try {
      List<String> problems = MasterFile.problems(first);
      if (!problems.isEmpty()) {
        problems.forEach(err()::println);
        return fail(2, "nothing was written; this was: " + first.command());
      }
      Optional<Path> kept = new MasterFile(file).write(first);
      return report(first, file, kept);
    } catch (IOException e) {
      return fail(1, "cannot write " + file + ": " + Quote.bare(e.toString()));
    }
  }

  private int report(FirstConfig first, Path file, Optional<Path> kept) {
    out().println("Wrote " + file + kept.map(old -> "; the old one is " + old).orElse("") + ".");
    int count = first.masters().size();
    if (count % 2 == 0) {
      out()
          .printf(
              "Note: etcd on %d masters survives the loss of no more of them than on %d.%n",
              count, count - 1);
    }
    out().println("Next, on this host:");
    out().println("  systemctl reload-or-restart ha-supervisor");
    out()
        .println(
            "  ha-supervisor credentials create --output ./made    # once: it makes those of all");
    out()
        .println("  ha-supervisor preflight                             # each line with its cure");
    out().println("  ha-supervisor host prepare");
    out().println("  ha-supervisor host point-kubelet");
    out().println("  ha-supervisor manifests place                       # on every master");
    for (String other : first.masters().keySet()) {
      if (!other.equals(first.name())) {
        out().println("On " + other + ":");
        out().println("  " + first.on(other).command());
      }
    }
    out().flush();
    return read(file) && plan().isEmpty() ? BAD_CONFIG : 0;
  }

  /** Whether the file is part of a configuration that is there. */
  private boolean read(Path file) {
    Path main = config.toAbsolutePath().normalize();
    return Files.exists(main)
        && file.toAbsolutePath().normalize().startsWith(main.resolveSibling("conf.d"));
  }

  private int fail(int exit, String message) {
    err().println("ha-supervisor: " + message);
    err().flush();
    return exit;
  }
}
