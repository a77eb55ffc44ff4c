package io.hasupervisor.publish;

import com.fasterxml.jackson.core.JsonGenerator;
import io.hasupervisor.publish.ControlPlane.BackupStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** The part of the status that tells of etcd's backups, as JSON and as text. */
final class BackupView {
  private BackupView() {}

  static void json(JsonGenerator json, Optional<BackupStatus> status) throws IOException {
    json.writeFieldName("backup");
    if (status.isEmpty()) {
      json.writeNull();
      return;
    }
    BackupStatus it = status.get();
    json.writeStartObject();
    json.writeStringField("state", it.state());
    json.writeStringField("reason", it.reason());
    StatusJson.instant(json, "lastVerified", it.lastVerified());
    StatusJson.text(json, "file", it.file());
    StatusJson.number(json, "revision", it.revision());
    StatusJson.text(json, "sha256", it.sha256());
    StatusJson.number(json, "size", it.size());
    json.writeNumberField("kept", it.kept());
    StatusJson.instant(json, "next", it.next());
    json.writeEndObject();
  }

  static void text(StringBuilder text, BackupStatus it, Instant at, Rendering as) {
    text.append('\n')
        .append("BACKUP ")
        .append(Colour.ofBackup(it.state()).paint(it.state(), as))
        .append(
            it.lastVerified()
                .map(last -> ", last verified " + StatusText.ago(last, at))
                .orElse(it.state().equals("OFF") ? "" : ", none verified"))
        .append(it.revision().map(revision -> ", revision " + revision).orElse(""))
        .append(it.kept() > 1 ? ", " + it.kept() + " kept" : "")
        .append('\n');
    StatusText.wrap(text, "  ", it.reason(), as);
  }
}
