package io.hasupervisor.command;

import io.hasupervisor.act.worker.JoinFolder;
import io.hasupervisor.act.worker.Joiner;
import io.hasupervisor.act.worker.Units;
import io.hasupervisor.control.ControlClient;
import io.hasupervisor.control.ControlFailure;
import io.hasupervisor.control.Request;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.control.cli.LengthConverter;
import io.hasupervisor.decide.worker.Joining;
import io.hasupervisor.host.ProcessLock;
import io.hasupervisor.host.Reason;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.observe.worker.ServerUrl;
import io.hasupervisor.publish.Plain;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "join",
    description = {
      "Point this worker's kubelet at the load balancer of the apiservers.",
      "Asks the load balancer first, shows the difference, keeps the old files, restarts the"
          + " kubelet, and waits until it is well and connected; if it is not, all is put back.",
      "Before Kubernetes 1.8 the address is a flag in /etc/default/kubelet, since then the server"
          + " of a kubeconfig such as /etc/kubernetes/kubelet.conf: which of them, the files tell."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ha-supervisor worker join --apiserver https://10.0.0.10:6443 --dry-run",
      "  ha-supervisor worker join --apiserver https://10.0.0.10:6443 --kube-proxy",
      "  ha-supervisor worker join --restore"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:joined, or there was nothing to do; with --dry-run: could be joined",
      "1:refused or failed; all is as before, unless it says otherwise",
      "2:wrong usage",
      ExitCodes.BAD_CONFIG
    })
final class WorkerJoinCommand extends LocalCommand {
  private final Supplier<JoinWorld> source;

  @Option(
      names = "--apiserver",
      paramLabel = "URL",
      description = "The load balancer, such as https://10.0.0.10:6443.")
  Optional<String> apiserver = Optional.empty();

  @Option(
      names = "--kube-proxy",
      description = "Point kube-proxy there as well, where it is a service of this host.")
  boolean kubeProxy;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Authority of the apiservers, where the kubelet's kubeconfig names none.")
  Optional<Path> ca = Optional.empty();

  @Option(
      names = "--kubelet-config",
      paramLabel = "FILE",
      description = "The file that tells the kubelet, where several may or none is found.")
  Optional<Path> kubeletConfig = Optional.empty();

  @Option(names = "--dry-run", description = "Ask and show only; change nothing.")
  boolean dryRun;

  @Option(names = "--yes", description = "Do not ask.")
  boolean yes;

  @Option(
      names = "--restore",
      description = "Take back what was broken off, else what was joined last.")
  boolean restore;

  @Option(
      names = "--timeout",
      paramLabel = "LENGTH",
      defaultValue = "60s",
      converter = LengthConverter.class,
      description = "How long to wait for the restarted services (default: ${DEFAULT-VALUE}).")
  Duration timeout = Duration.ofSeconds(60);

  WorkerJoinCommand() {
    this(JoinWorld::ofProcess);
  }

  WorkerJoinCommand(Supplier<JoinWorld> source) {
    this.source = source;
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<Plan> plan = plan();
    if (plan.isEmpty()) {
      return BAD_CONFIG;
    }
    try {
      return run(source.get(), plan.get());
    } catch (ProcessLock.Held e) {
      return failed("another worker join is under way, pid " + e.holder());
    } catch (IOException e) {
      return failed(Reason.withFile(e));
    } finally {
      out().flush();
      err().flush();
    }
  }

  private int run(JoinWorld world, Plan plan) throws IOException, InterruptedException {
    Optional<ServerUrl> url =
        apiserver.flatMap(ServerUrl::parse).filter(it -> it.scheme().equals("https"));
    if (restore == apiserver.isPresent()) {
      return usage(restore ? "--restore goes without --apiserver" : "--apiserver is needed");
    }
    if (!restore && url.isEmpty()) {
      return usage("--apiserver must be an https URL that ends after host or port");
    }
    if (plan.master().isPresent()) {
      return failed(
          "this host is configured as a master: where its kubelet is pointed is its installation's"
              + " business; for a worker set manifests.profile to none");
    }
    if (world.user() != 0 && !dryRun) {
      return failed("only root may do this: sudo " + spec.qualifiedName());
    }
    JoinFolder folder = new JoinFolder(plan.settings().stateDir());
    if (dryRun) {
      return restore
          ? usage("--restore has no --dry-run")
          : shown(world, plan, url.get(), folder.brokenOff());
    }
    try (ProcessLock _ = folder.lock()) {
      return restore ? restored(world, plan, folder) : joined(world, plan, url.get(), folder);
    }
  }

  private int restored(JoinWorld world, Plan plan, JoinFolder folder)
      throws IOException, InterruptedException {
    return world
        .units()
        .with(
            plan,
            Optional.empty(),
            units -> {
              boolean any = joiner(world, folder, units).restore(timeout);
              tell(any ? "restored: all is as before the join" : "there is nothing to restore");
              return any ? reloaded(plan) : 0;
            });
  }

  private int joined(JoinWorld world, Plan plan, ServerUrl url, JoinFolder folder)
      throws IOException, InterruptedException {
    return world
        .units()
        .with(
            plan,
            Optional.of(url),
            units -> joined(world, plan, url, joiner(world, folder, units)));
  }

  private Joiner joiner(JoinWorld world, JoinFolder folder, Units units) {
    return new Joiner(
        folder, units, world.clock()::now, world.pause(), world.clock()::wall, this::tell);
  }

  private int joined(JoinWorld world, Plan plan, ServerUrl url, Joiner joiner)
      throws IOException, InterruptedException {
    Optional<List<String>> unfinished = joiner.tidy();
    // What was taken back may have been configuration.
    Plan now = unfinished.isPresent() ? plan().orElse(plan) : plan;
    Optional<JoinPreview.Ready> ready = preview(world, now, url).show(unfinished.isPresent());
    if (ready.isPresent() && !ready.get().work()) {
      return 0;
    }
    if (ready.isEmpty() || !(yes || agreed(world))) {
      if (unfinished.isPresent()) {
        boolean _ = joiner.restore(timeout);
      }
      return ready.isEmpty() ? 1 : failed("nothing was changed");
    }
    Joining.Planned planned = ready.get().plan();
    boolean done =
        joiner.join(
            written(),
            planned,
            unfinished.orElse(List.of()),
            () -> dropIn().fault(url, planned),
            timeout);
    if (!done) {
      return failed("not joined: all is as before");
    }
    tell("joined: " + String.join(" and ", services(planned)) + " by " + url);
    return dropIn().in(planned) ? reloaded(plan) : 0;
  }

  private JoinPreview preview(JoinWorld world, Plan plan, ServerUrl url) {
    return new JoinPreview(
        new JoinScene(world.paths(), plan, dropIn().file()),
        new JoinPreview.Wish(
            written(),
            url,
            kubeProxy,
            kubeletConfig.map(Path::toAbsolutePath),
            ca.map(Path::toAbsolutePath)),
        this::tell,
        this::failed);
  }

  private static List<String> services(Joining.Planned planned) {
    return planned.services().isEmpty() ? List.of("this host") : planned.services();
  }

  private int shown(JoinWorld world, Plan plan, ServerUrl url, boolean brokenOff)
      throws IOException, InterruptedException {
    if (brokenOff) {
      tell("a join was broken off: it would be taken back first; until then, as the files are:");
    }
    Optional<JoinPreview.Ready> ready = preview(world, plan, url).show(false);
    if (ready.isPresent() && ready.get().work()) {
      tell("nothing was changed: dry run");
    }
    return ready.isPresent() ? 0 : 1;
  }

  private int reloaded(Plan plan) {
    try {
      String said =
          ControlClient.of(plan.settings().controlSocket()).ask(new Request.Reload()).body();
      tell("the daemon: " + Plain.line(said.replace("\n", "; "), 400));
    } catch (ControlFailure failure) {
      tell("the daemon was not told: " + failure.text());
    }
    return 0;
  }

  private boolean agreed(JoinWorld world) {
    Optional<BufferedReader> keyboard = world.keyboard().get();
    if (keyboard.isEmpty()) {
      failed("nobody can be asked here; the same again with --yes");
      return false;
    }
    return new Questions(keyboard, out())
        .may(Optional.empty(), "Do it? [y/N]")
        .filter(answer -> answer.matches("(?i)y|yes"))
        .isPresent();
  }

  private JoinDropIn dropIn() {
    return JoinDropIn.beside(config, this::plan);
  }

  /** As it is to stand in files. */
  private String written() {
    return apiserver.orElse("").replaceAll("/$", "");
  }

  private void tell(String sentence) {
    out().println(sentence);
    out().flush();
  }

  private int usage(String why) {
    failed(why + "; see: " + spec.qualifiedName() + " --help");
    return 2;
  }
}
