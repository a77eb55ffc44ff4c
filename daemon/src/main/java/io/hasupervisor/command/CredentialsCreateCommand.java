package io.hasupervisor.command;

import io.hasupervisor.act.credential.CredentialArchives;
import io.hasupervisor.act.credential.CredentialSet;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.loop.Plan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
    name = "create",
    description = {
      "Make a fresh set of certificates, keys and tokens for all masters at once.",
      "It writes one archive per master and touches no master: what is in use stays in use. The set"
          + " has an authority of its own, so that a running cluster needs it on all masters and"
          + " nodes."
    },
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor credentials create --output /root/credentials",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCodes.DONE,
      "1:nothing could be written: the text says why",
      "2:wrong usage",
      ExitCodes.BAD_CONFIG
    })
final class CredentialsCreateCommand extends MasterCommand {
  private static final int LONGEST = 36_500;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "Directory for the archives; it must be empty or not there yet.")
  Path output = Path.of("");

  @Option(
      names = "--days",
      paramLabel = "DAYS",
      defaultValue = "365",
      description = "Life of certificates (default: ${DEFAULT-VALUE}).")
  int days;

  @Option(
      names = "--ca-days",
      paramLabel = "DAYS",
      defaultValue = "3650",
      description = "Life of authorities (default: ${DEFAULT-VALUE}).")
  int caDays;

  @Override
  int run(Plan plan, Master master, Path stateDir) {
    if (days < 1 || caDays > LONGEST || days > caDays) {
      throw new ParameterException(
          spec.commandLine(),
          "--days must be from 1 to --ca-days, and --ca-days at most " + LONGEST);
    }
    CredentialArchives archives = new CredentialArchives(output, master.credentials().directory());
    Instant now = Instant.now();
    try {
      archives.prepare();
    } catch (IOException e) {
      err().println("ha-supervisor: no credentials were made: " + e.getMessage());
      return 1;
    }
    try {
      CredentialSet set =
          CredentialSet.create(
              master, new CredentialSet.Lives(now, Duration.ofDays(days), Duration.ofDays(caDays)));
      tell(master, archives.write(set, now));
      return 0;
    } catch (IOException | GeneralSecurityException e) {
      err().println("ha-supervisor: the set of credentials is not whole: " + e.getMessage());
      err().println("Delete " + output + ", and try again.");
      return 1;
    }
  }

  private void tell(Master master, Map<String, Path> archives) {
    PrintWriter out = out();
    out.println("One archive for each master. Copy it there, and unpack it as root:");
    archives.forEach(
        (name, archive) -> {
          out.println("  " + name + ":");
          out.println("    scp " + archive + " root@" + name + ":");
          out.println("    ssh root@" + name + " tar -xzpf " + archive.getFileName() + " -C / -k");
        });
    out.println("-k: tar replaces nothing that is there. Then, on each:");
    out.println("  ha-supervisor credentials check");
    out.println(
        master.profile() == Profile.SEED
            ? "Whoever has %s can make certificates for this cluster: keep it off all masters."
                .formatted(output.resolve("ca-key"))
            : "The archives hold the authorities' keys, which the controller manager needs: whoever"
                + " has one can make certificates for this cluster. Delete them afterwards.");
  }
}
