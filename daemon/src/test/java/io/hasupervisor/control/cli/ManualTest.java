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
  void completionKnowsCommandsAndOptions() {
    String script = Manual.completion();
    for (String word : List.of("check-config", "explain", "--reason", "--watch", "--follow")) {
      assertTrue(script.contains(word), word);
    }
  }
}
