package io.hasupervisor.control.cli;

import io.hasupervisor.command.LocalCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Writes, at build time, one man page (mdoc(7)) per command or group of commands, and the bash
 * completion, from the same declarations as the help.
 */
final class Manual {
  private static final String DATE = "November 24, 2026";

  private Manual() {}

  /**
   * Writes {@code man/*.8} and {@code completion/ha-supervisor} below the folder {@code args[0]}.
   */
  public static void main(String[] args) throws IOException {
    Path target = Path.of(args[0]);
    Path pages = Files.createDirectories(target.resolve("man"));
    for (Map.Entry<String, String> page : pages().entrySet()) {
      Files.writeString(pages.resolve(page.getKey()), page.getValue());
    }
    Path completion = Files.createDirectories(target.resolve("completion"));
    Files.writeString(completion.resolve("ha-supervisor"), completion());
  }

  /** File names and texts. */
  static Map<String, String> pages() {
    Map<String, String> pages = new TreeMap<>();
    commandLine()
        .getSubcommands()
        .values()
        .forEach(command -> pages.put(name(command) + ".8", page(command)));
    return pages;
  }

  static String completion() {
    return AutoComplete.bash("ha-supervisor", commandLine());
  }

  private static CommandLine commandLine() {
    return Commands.create(
        (_, _, _) -> 0,
        (_, _, _) -> 0,
        new Terminal(false, Map.of(), () -> false),
        LocalCommands.all());
  }

  private static String name(CommandLine command) {
    return "ha-supervisor-" + command.getCommandName();
  }

  /** The page of a command, or of a group with all that is in it. */
  static String page(CommandLine command) {
    List<CommandSpec> shown =
        command.getSubcommands().isEmpty()
            ? List.of(command.getCommandSpec())
            : command.getSubcommands().values().stream().map(CommandLine::getCommandSpec).toList();
    boolean group = shown.size() > 1;
    CommandSpec head = group ? command.getCommandSpec() : shown.getFirst();
    List<String> lines = new ArrayList<>();
    lines.add(".Dd " + DATE);
    lines.add(".Dt " + name(command).toUpperCase(Locale.ROOT) + " 8");
    lines.add(".Os");
    lines.add(".Sh NAME");
    lines.add(".Nm " + name(command));
    String first = head.usageMessage().description()[0];
    String brief = first.substring(0, 1).toLowerCase(Locale.ROOT) + first.substring(1);
    lines.add(".Nd " + brief.replaceAll("[:;.].*", ""));
    lines.add(".Sh SYNOPSIS");
    shown.forEach(each -> synopsis(lines, each));
    lines.add(".Sh DESCRIPTION");
    text(lines, String.join(" ", head.usageMessage().description()));
    for (CommandSpec each : shown) {
      if (group) {
        lines.add(".Ss " + each.name());
        text(lines, String.join(" ", each.usageMessage().description()));
      }
      lines.add(".Bl -tag -width Ds");
      each.positionalParameters().forEach(p -> item(lines, "Ar " + p.paramLabel(), p));
      each.options().forEach(option -> item(lines, flag(option), option));
      lines.add(".El");
    }
    lines.add(".Sh EXIT STATUS");
    exits(lines, shown);
    lines.add(".Sh EXAMPLES");
    for (CommandSpec each : shown) {
      for (String example : each.usageMessage().footer()) {
        lines.add(".Dl " + escaped(example.strip()));
      }
    }
    lines.add(".Sh SEE ALSO");
    lines.add(".Xr ha-supervisor 8");
    return String.join("\n", lines) + "\n";
  }

  private static void synopsis(List<String> lines, CommandSpec command) {
    lines.add(".Nm " + command.qualifiedName());
    command.options().stream()
        .filter(option -> option.group() == null)
        .forEach(o -> lines.add((o.required() ? "." : ".Op ") + flag(o)));
    command.argGroups().forEach(group -> lines.add(alternatives(group)));
    command.positionalParameters().stream()
        .filter(parameter -> parameter.group() == null)
        .forEach(p -> lines.add((p.required() ? ".Ar " : ".Op Ar ") + p.paramLabel()));
  }

  /** Each code once; what does not hold for all commands of the page bears their names. */
  private static void exits(List<String> lines, List<CommandSpec> shown) {
    Map<Integer, Map<String, List<String>>> codes = new TreeMap<>();
    for (CommandSpec each : shown) {
      each.usageMessage()
          .exitCodeList()
          .forEach(
              (code, meaning) ->
                  codes
                      .computeIfAbsent(Integer.valueOf(code), _ -> new LinkedHashMap<>())
                      .computeIfAbsent(meaning, _ -> new ArrayList<>())
                      .add(each.name()));
    }
    lines.add(".Bl -tag -width Ds");
    codes.forEach(
        (code, meanings) -> {
          lines.add(".It " + code);
          meanings.forEach(
              (meaning, names) -> {
                boolean all = names.size() == shown.size();
                text(lines, (all ? "" : String.join(", ", names) + ": ") + meaning + ".");
                lines.add(".Pp");
              });
          lines.removeLast();
        });
    lines.add(".El");
  }

  private static String alternatives(ArgGroupSpec group) {
    List<String> each = new ArrayList<>();
    group
        .args()
        .forEach(arg -> each.add(arg instanceof OptionSpec o ? flag(o) : "Ar " + arg.paramLabel()));
    return "." + String.join(" | ", each);
  }

  private static String flag(OptionSpec option) {
    String flag = "Fl " + option.longestName().substring(1);
    return option.arity().max() == 0 ? flag : flag + " Ar " + option.paramLabel();
  }

  private static void item(List<String> lines, String label, ArgSpec arg) {
    lines.add(".It " + label);
    String[] words = arg.description();
    text(lines, String.join(" ", words));
  }

  /** Each sentence on a line of its own, and none longer than 80, as mdoc(7) wants it. */
  private static void text(List<String> lines, String text) {
    for (String sentence : text.split("(?<=[.]) (?=[A-Z])", -1)) {
      sentence
          .replaceAll("(.{1,78})(?: |$)", "$1\n")
          .lines()
          .forEach(line -> lines.add(escaped(line)));
    }
  }

  private static String escaped(String text) {
    String safe = text.replace("\\", "\\e");
    return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
  }
}
