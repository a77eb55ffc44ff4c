package io.hasupervisor.assess.hostfiles;

import static io.hasupervisor.assess.Finding.Severity.ADVICE;
import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.Finding;
import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.hostfiles.ShellFile;
import io.hasupervisor.observe.hostfiles.ShellFile.Assignment;
import io.hasupervisor.observe.hostfiles.ShellFile.Word;
import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Quote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The kubelet's flags in a shell file: what is broken in it, left to be filled in, or of no use.
 */
public final class FlagRule {
  private static final Pattern PLACEHOLDER = Pattern.compile("<[^<>]*>");

  private final Optional<Master> master;
  private final Path file;
  private final ShellFile shell;
  private final List<Finding> findings = new ArrayList<>();

  private FlagRule(Optional<Master> master, Path file, ShellFile shell) {
    this.master = master;
    this.file = file;
    this.shell = shell;
  }

  static List<Finding> findings(Master master, Path file, ShellFile shell) {
    return new FlagRule(Optional.of(master), file, shell).all();
  }

  /** The same on a host that is no master, whose era nobody configured. */
  public static List<Finding> findings(Path file, ShellFile shell) {
    return new FlagRule(Optional.empty(), file, shell).all();
  }

  private List<Finding> all() {
    faults();
    shell.assignments().forEach(this::placeholder);
    shell.assignments().stream()
        .filter(assignment -> ShellFile.holdsArguments(assignment.name()))
        .forEach(this::arguments);
    loadBalancer();
    return List.copyOf(findings);
  }

  private void faults() {
    shell
        .faults()
        .forEach(
            fault ->
                add(
                    "KUBELET_FILE_SYNTAX",
                    WARNING,
                    fault.line(),
                    fault.text() + ": what the kubelet gets from this line is not known here",
                    "keep to lines of NAME=\"value\""));
  }

  private void placeholder(Assignment assignment) {
    String value = String.join(" ", assignment.words().stream().map(Word::text).toList());
    if (PLACEHOLDER.matcher(value).find()) {
      add(
          "KUBELET_PLACEHOLDER",
          CRITICAL,
          assignment.line(),
          assignment.name() + " still is " + Quote.of(value) + ": a shell stops at it",
          assignment.name().equals("MASTER_IP")
              ? "write the load balancer's address: MASTER_IP=" + balancer().orElse("ADDRESS")
              : "write its value there");
    }
  }

  private void arguments(Assignment assignment) {
    Optional<Word> before = Optional.empty();
    for (Word word : assignment.words()) {
      if (stray(word, before)) {
        broken(before, word);
      }
      flag(word);
      before = Optional.of(word);
    }
  }

  /** A word that is no flag, no variable, and no value of the flag before it. */
  private static boolean stray(Word word, Optional<Word> before) {
    boolean free = word.text().startsWith("-") || word.text().startsWith("$");
    boolean valueOf =
        before.map(Word::text).filter(b -> b.startsWith("-") && !b.contains("=")).isPresent();
    return !free && !valueOf;
  }

  private void broken(Optional<Word> before, Word word) {
    String head = before.map(Word::text).orElse("");
    if (word.afterBreak() && head.startsWith("-")) {
      int line = before.map(Word::line).orElse(word.line());
      add(
          "KUBELET_BROKEN_LINE",
          CRITICAL,
          line,
          "a line ends within a word: the kubelet gets %s and %s"
              .formatted(Quote.of(head), Quote.of(word.text())),
          "join lines %d and %d to %s"
              .formatted(line, word.line(), Quote.bare(head + word.text())));
    } else {
      add(
          "KUBELET_STRAY_WORD",
          WARNING,
          word.line(),
          Quote.of(word.text()) + " belongs to no flag: the kubelet refuses or ignores it",
          "remove it, or write it behind its flag and an equals sign");
    }
  }

  private void flag(Word word) {
    String flag = word.text();
    if (master.isPresent() && flag.matches("--allow-privileged(=.*)?")) {
      boolean modern = master.get().profile() == Profile.MODERN;
      if (modern || flag.toLowerCase(java.util.Locale.ROOT).endsWith("=false")) {
        add(
            "KUBELET_ALLOW_PRIVILEGED",
            modern ? CRITICAL : ADVICE,
            word.line(),
            modern
                ? "the kubelet knows --allow-privileged no more since 1.15, and does not start with"
                    + " it"
                : "with " + flag + " no privileged pod starts here, such as kube-proxy's",
            modern ? "remove it" : "write --allow-privileged=true");
      }
    }
    if (flag.equals("--cloud-provider=gce")) {
      add(
          "KUBELET_CLOUD_PROVIDER",
          WARNING,
          word.line(),
          "--cloud-provider=gce fails anywhere but on Google's cloud",
          "remove it there");
    }
  }

  private void loadBalancer() {
    Optional<Assignment> masterIp =
        shell.assignments().stream()
            .filter(assignment -> assignment.name().equals("MASTER_IP"))
            .reduce((_, last) -> last);
    Optional<String> value = shell.value("MASTER_IP");
    if (masterIp.isPresent()
        && balancer().isPresent()
        && !value.equals(balancer())
        && !PLACEHOLDER.matcher(value.orElse("")).find()) {
      add(
          "KUBELET_OTHER_MASTER_IP",
          WARNING,
          masterIp.get().line(),
          "MASTER_IP is %s, and the load balancer is %s: this node depends on one apiserver"
              .formatted(Quote.of(value.orElse("")), balancer().get()),
          "MASTER_IP=" + balancer().get());
    }
  }

  private Optional<String> balancer() {
    return master.flatMap(it -> it.cluster().loadBalancer()).map(it -> it.host());
  }

  private void add(String code, Severity severity, int line, String text, String cure) {
    findings.add(
        new Finding(code, severity, "kubelet", Optional.of(new Place(file, line, 1)), text, cure));
  }
}
