package io.hasupervisor.assess.credential;

import static io.hasupervisor.assess.Finding.Severity.ADVICE;
import static io.hasupervisor.assess.Finding.Severity.CRITICAL;
import static io.hasupervisor.assess.Finding.Severity.WARNING;

import io.hasupervisor.assess.Finding.Severity;
import io.hasupervisor.observe.credential.TableSeen;
import io.hasupervisor.observe.credential.TableSeen.Row;
import io.hasupervisor.yaml.Place;
import java.nio.file.Path;

/** The tables of tokens and passwords, which the apiserver reads at its start. */
record TableRules(Findings findings) {
  private static final int COLUMNS = 3;

  void check(Path file, TableSeen table) {
    if (table.byteOrderMark()) {
      add(
          "TABLE_BOM",
          CRITICAL,
          file,
          1,
          "begins with a byte order mark, which becomes part of the first secret: nobody can log in"
              + " by it",
          "sed -i '1s/^\\xEF\\xBB\\xBF//' " + file);
    }
    if (table.carriageReturns()) {
      add(
          "TABLE_CRLF",
          CRITICAL,
          file,
          1,
          "has lines that end with CR LF, and the CR can become part of the last column",
          "sed -i 's/\\r$//' " + file);
    }
    table
        .brokenQuotes()
        .ifPresent(
            line ->
                add(
                    "TABLE_QUOTES",
                    CRITICAL,
                    file,
                    line,
                    "has a quotation mark that is not closed or not at the edge of a column: the"
                        + " apiserver refuses to start",
                    "Quote whole columns, and write a quotation mark in them twice."));
    if (table.rows().isEmpty() && table.brokenQuotes().isEmpty()) {
      add("TABLE_EMPTY", ADVICE, file, 0, "is empty: nobody can log in by it", "Add rows.");
    }
    table.rows().forEach(row -> row(file, row));
  }

  private void row(Path file, Row row) {
    if (row.columns() < COLUMNS) {
      add(
          "TABLE_COLUMNS",
          CRITICAL,
          file,
          row.line(),
          "has "
              + row.columns()
              + " columns where secret, user and uid belong: the apiserver refuses to start",
          "Complete the line: secret,user,uid");
    }
    if (row.secretEmpty()) {
      add(
          "TABLE_EMPTY_TOKEN",
          CRITICAL,
          file,
          row.line(),
          "has an empty secret: an apiserver that takes it lets everybody in as that user",
          "Put a random secret there, or delete the line.");
    } else if (row.secretOf() != row.line()) {
      add(
          "TABLE_DUPLICATE_TOKEN",
          CRITICAL,
          file,
          row.line(),
          "has the secret of line " + row.secretOf() + " again: only one of the users gets in",
          "Give each user a secret of his own.");
    }
    if (row.userEmpty() && row.columns() > 1) {
      add("TABLE_EMPTY_USER", CRITICAL, file, row.line(), "names no user", "Name the user.");
    } else if (row.userOf() != row.line() && row.columns() > 1) {
      add(
          "TABLE_DUPLICATE_USER",
          WARNING,
          file,
          row.line(),
          "has the user of line " + row.userOf() + " again: which secret counts is not certain",
          "Delete the line that is not meant.");
    }
    if (row.padded()) {
      add(
          "TABLE_SPACE",
          WARNING,
          file,
          row.line(),
          "has white space beside a comma, which becomes part of the secret, user or uid",
          "Delete the white space.");
    }
  }

  private void add(String code, Severity severity, Path file, int line, String text, String cure) {
    String where = line == 0 ? "" : " line " + line;
    findings.add(
        code,
        severity,
        new Place(file, line, line == 0 ? 0 : 1),
        Words.name(file) + where + " " + text,
        cure);
  }
}
