package io.hasupervisor.control.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

final class ManualTest {
  private static final Path OVERVIEW = Path.of("src/main/man/ha-supervisor.8");

  @Test
  void theOverviewRefersToExactlyThePagesThereAre() throws IOException {
    Set<String> referred = new TreeSet<>();
    Matcher matcher =
        Pattern.compile("Xr (ha-supervisor-\\S+) 8").matcher(Files.readString(OVERVIEW));
    while (matcher.find()) {
      referred.add(matcher.group(1) + ".8");
    }
    assertEquals(Manual.pages().keySet(), referred);
  }

  @Test
  void everyPageHasItsSectionsAndSaysWhatEachOptionIs() {
    for (Map.Entry<String, String> page : Manual.pages().entrySet()) {
      String text = page.getValue();
      for (String section :
          List.of("NAME", "SYNOPSIS", "DESCRIPTION", "EXIT STATUS", "EXAMPLES", "SEE ALSO")) {
        assertTrue(text.contains("\n.Sh " + section + "\n"), page.getKey() + section);
      }
      assertTrue(!text.contains("${") && !text.contains("%n"), text);
      assertTrue(text.contains(".It Fl -help\n"), text);
    }
  }

  @Test
  void thePageOfAGroupTellsOfEachOfItsCommands() {
    CommandLine one = command("one", "The one.", "left");
    one.getCommandSpec().addOption(OptionSpec.builder("--all").description("All.").build());
    CommandLine two = command("two", "The other.", "right");
    two.getCommandSpec()
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("FILE")
                .required(true)
                .description("It.")
                .build());
    CommandLine group = command("ha-supervisor group", "Both of them.", "neither");
    group.addSubcommand(one).addSubcommand(two);
    String page = Manual.page(group);
    for (String line :
        List.of(
            ".Nd both of them",
            ".Nm ha-supervisor group one",
            ".Op Fl -all",
            ".Nm ha-supervisor group two",
            ".Ar FILE",
            ".Ss one",
            ".Ss two",
            "one: left.",
            "two: right.",
            "same.",
            ".Dl ha-supervisor group one",
            ".Dl ha-supervisor group two")) {
      assertTrue(page.lines().anyMatch(line::equals), line + " in\n" + page);
    }
  }

  private static CommandLine command(String name, String description, String exitsWith1) {
    CommandSpec spec = CommandSpec.create().name(name);
    var _ =
        spec.usageMessage()
            .description(description)
            .exitCodeList(Map.of("0", "same", "1", exitsWith1))
            .footer("  ha-supervisor group " + name);
    return new CommandLine(spec);
  }

  @Test
  void completionKnowsCommandsAndOptions() {
    String script = Manual.completion();
    for (String word : List.of("check-config", "explain", "--reason", "--watch", "--follow")) {
      assertTrue(script.contains(word), word);
    }
  }
}
