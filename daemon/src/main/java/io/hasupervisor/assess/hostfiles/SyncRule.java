package io.hasupervisor.assess.hostfiles;

import io.hasupervisor.assess.Finding;
import java.util.List;
import java.util.Optional;

/** Whether a program keeps this host's clock. */
public final class SyncRule {
  private SyncRule() {}

  /** Nothing while it is unknown. */
  public static List<Finding> findings(Optional<Boolean> synchronised) {
    return synchronised.orElse(true)
        ? List.of()
        : List.of(
            Finding.of(
                "CLOCK_NOT_SYNCED",
                Finding.Severity.WARNING,
                "clock",
                "no program keeps this host's clock, as the kernel knows it: it drifts away from"
                    + " the other masters', and certificates, tokens and leases go by it",
                "have chrony or systemd-timesyncd run: apt-get install chrony && systemctl enable"
                    + " --now chrony; chrony tells the kernel only with the line rtcsync in"
                    + " /etc/chrony/chrony.conf"));
  }
}
