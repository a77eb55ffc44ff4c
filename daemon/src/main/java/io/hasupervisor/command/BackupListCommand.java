package io.hasupervisor.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.hasupervisor.act.backup.BackupFolder;
import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.observe.backup.Backup;
import io.hasupervisor.observe.backup.BackupsSeen;
import io.hasupervisor.observe.backup.Sidecar;
import io.hasupervisor.publish.Plain;
import io.hasupervisor.publish.Span;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description = {
      "List the backups of etcd on this host, newest first.",
      "verified: all of it was compared with its checksums; newest: the one to restore from."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ha-supervisor backup list",
      "  ha-supervisor backup list --json | jq -r .newestVerified"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:there is a verified backup",
      "1:there is none, or the directory cannot be read",
      "2:wrong usage",
      ExitCodes.BAD_CONFIG
    })
final class BackupListCommand extends MasterCommand {
  private static final String ROW = "%-10s  %12s  %12s  %-9s  %s%n";

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Override
  int run(Plan plan, Master master, Path stateDir) throws IOException {
    return notRoot() ? 1 : list(master);
  }

  int list(Master master) throws IOException {
    BackupsSeen seen = new BackupFolder(master).look();
    if (seen.problem().isPresent()) {
      return failed(seen.directory() + ": " + seen.problem().get());
    }
    out().print(json ? json(seen) : text(seen, Instant.now()));
    return seen.newestVerified().isPresent() ? 0 : 1;
  }

  static String text(BackupsSeen seen, Instant now) {
    if (seen.backups().isEmpty()) {
      return "there is none in %s; to make one: ha-supervisor backup now%n"
          .formatted(seen.directory());
    }
    Optional<Backup> newest = seen.newestVerified();
    StringBuilder text = new StringBuilder();
    text.append(ROW.formatted("AGE", "REVISION", "SIZE", "STATE", "FILE"));
    for (Backup backup : seen.backups()) {
      text.append(
          ROW.formatted(
              age(backup, now),
              backup.revision(),
              ByteProgress.mebibytes(backup.size()),
              backup.state().name().toLowerCase(Locale.ROOT),
              backup.file().getFileName()
                  + (newest.equals(Optional.of(backup)) ? "  (newest)" : "")));
      if (!backup.problem().isEmpty()) {
        text.append("  %s%n".formatted(Plain.line(backup.problem(), 300)));
      }
    }
    text.append("in %s%n".formatted(seen.directory()));
    for (Path foreign : seen.foreign()) {
      text.append(
          "not ours, left alone: %s%n"
              .formatted(Plain.line(String.valueOf(foreign.getFileName()), 200)));
    }
    return text.toString();
  }

  private static String age(Backup backup, Instant now) {
    return backup.at().isAfter(now) ? "to come" : Span.text(Duration.between(backup.at(), now));
  }

  static String json(BackupsSeen seen) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("directory", seen.directory().toString());
      Optional<Backup> newest = seen.newestVerified();
      if (newest.isPresent()) {
        json.writeStringField("newestVerified", newest.get().file().toString());
      } else {
        json.writeNullField("newestVerified");
      }
      json.writeArrayFieldStart("backups");
      for (Backup backup : seen.backups()) {
        backup(json, backup);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("foreign");
      for (Path foreign : seen.foreign()) {
        json.writeString(foreign.toString());
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.append('\n').toString();
  }

  private static void backup(JsonGenerator json, Backup backup) throws IOException {
    json.writeStartObject();
    json.writeStringField("file", backup.file().toString());
    json.writeStringField("at", backup.at().toString());
    json.writeNumberField("revision", backup.revision());
    json.writeNumberField("size", backup.size());
    json.writeStringField("state", backup.state().name());
    json.writeStringField("problem", backup.problem());
    if (backup.sidecar().isPresent()) {
      Sidecar known = backup.sidecar().get();
      json.writeStringField("sha256", known.sha256());
      json.writeStringField("checked", known.checked().toString());
      json.writeStringField("etcdVersion", known.version());
      json.writeStringField("clusterId", known.cluster().map(id -> id.decimal()).orElse(""));
      json.writeStringField("memberId", known.member().map(id -> id.decimal()).orElse(""));
    }
    json.writeEndObject();
  }
}
