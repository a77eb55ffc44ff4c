import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs google-java-format over a source folder: {@code check} fails on a file that differs, {@code apply} rewrites it. */
final class Format {
  private static final List<String> COMPILER_PACKAGES = List.of("api", "code", "file", "parser", "tree", "util");

  public static void main(String[] args) throws IOException, InterruptedException {
    String mode = args[0];
    Path jar = Path.of(args[1]);
    Path folder = Path.of(args[2]);
    if (!Files.isDirectory(folder)) {
      return; // the parent module has no sources
    }
    List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
    for (String name : COMPILER_PACKAGES) {
      command.add("--add-exports=jdk.compiler/com.sun.tools.javac." + name + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(mode.equals("apply") ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    try (var files = Files.walk(folder)) {
      List<String> sources = files.map(Path::toString).filter(name -> name.endsWith(".java")).sorted().toList();
      if (sources.isEmpty()) {
        return;
      }
      command.addAll(sources);
    }
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      System.err.println("The files above are not formatted. To format them: mvn process-sources -Dformat.mode=apply");
      System.exit(1);
    }
  }
}
