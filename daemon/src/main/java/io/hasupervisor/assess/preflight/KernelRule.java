package io.hasupervisor.assess.preflight;

import static io.hasupervisor.assess.preflight.Check.Result.WARNING;

import io.hasupervisor.observe.preflight.KernelSeen;
import io.hasupervisor.yaml.Quote;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the kernel is set as pods need it, and the machine is large enough (kubeadm's checks).
 */
public final class KernelRule {
  /** What kubeadm asks of a control plane. */
  private static final long MEMORY = 1700L * 1024 * 1024;

  private static final int PROCESSORS = 2;

  private KernelRule() {}

  /**
   * What is wrong, or one line that says that nothing is.
   *
   * @param swapAllowed whether the kubelet is told to run with swap
   */
  public static List<Check> checks(KernelSeen seen, boolean swapAllowed) {
    List<Check> checks = new ArrayList<>();
    if (!seen.swaps().isEmpty() && !swapAllowed) {
      checks.add(
          warning(
              "SWAP_ON",
              Quote.bare(seen.swaps().getFirst()),
              "swap is on: a kubelet does not start then, unless it is told --fail-swap-on=false",
              "swapoff -a && sed -Ei.bak 's/^([^#].*[[:space:]]swap[[:space:]])/#\\1/'"
                  + " /etc/fstab"));
    }
    setting(seen, KernelSeen.FORWARD, "packets from and to pods are not passed on", checks);
    if (!seen.settings().containsKey(KernelSeen.BRIDGE)) {
      checks.add(
          warning(
              "BRIDGE_MODULE_MISSING",
              "br_netfilter",
              "the module is not loaded: packets between pods pass by the rules that services are"
                  + " made of",
              "modprobe br_netfilter && echo br_netfilter > /etc/modules-load.d/kubernetes.conf"));
    } else {
      setting(
          seen,
          KernelSeen.BRIDGE,
          "packets between pods pass by the rules that services are made of",
          checks);
    }
    if (seen.memory() > 0 && seen.memory() < MEMORY) {
      checks.add(
          warning(
              "MEMORY_SMALL",
              "memory",
              "this host has %d MiB; kubeadm asks %d of a master"
                  .formatted(seen.memory() >> 20, MEMORY >> 20),
              "give this host 2 GiB of memory or more"));
    }
    if (seen.processors() > 0 && seen.processors() < PROCESSORS) {
      checks.add(
          warning(
              "PROCESSORS_FEW",
              "processors",
              "this host has one; kubeadm asks for 2",
              "give this host 2 processors or more"));
    }
    return checks.isEmpty()
        ? List.of(
            Check.ok(
                Area.KERNEL,
                "",
                "no swap, forwards, filters bridges; %d processors, %d MiB of memory"
                    .formatted(seen.processors(), seen.memory() >> 20)))
        : checks;
  }

  private static void setting(KernelSeen seen, String name, String means, List<Check> checks) {
    if (!seen.settings().getOrDefault(name, "1").equals("1")) {
      checks.add(
          warning(
              "KERNEL_SETTING",
              name,
              "is " + Quote.bare(seen.settings().getOrDefault(name, "")) + ": " + means,
              "sysctl -w %1$s=1 && echo '%1$s = 1' >> /etc/sysctl.d/99-kubernetes.conf"
                  .formatted(name)));
    }
  }

  private static Check warning(String code, String subject, String text, String cure) {
    return new Check(Area.KERNEL, code, WARNING, subject, text, cure);
  }
}
