import io.hasupervisor.act.manifest.Placer;
import io.hasupervisor.act.manifest.Quarantine;
import io.hasupervisor.act.manifest.RevisionStore;
import io.hasupervisor.cluster.Manifest;
import io.hasupervisor.decide.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One placement, as the command line and the daemon make it together: a revision is stored, made
 * the current one, and its files are placed. Exits with 1 and the reason when a part was refused.
 */
final class Placement {
  private Placement() {}

  /** Use: place STATE DIRECTORY SOURCE | quarantine STATE DIRECTORY SOURCE NAME. */
  public static void main(String[] args) throws IOException {
    Path state = Path.of(args[1]);
    Path directory = Path.of(args[2]);
    List<Manifest> manifests = manifests(Path.of(args[3]));
    switch (args[0]) {
      case "place" -> place(state, directory, manifests);
      case "quarantine" -> {
        end(new Quarantine(directory, state).move(args[4], manifests, Instant.EPOCH));
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void place(Path state, Path directory, List<Manifest> manifests) {
    try {
      RevisionStore store = new RevisionStore(state);
      int number = store.store(manifests, "test", "crash points", Instant.EPOCH).number();
      store.current(number);
      Placer placer = new Placer(directory);
      placer.clean();
      for (Manifest manifest : store.read(number).orElseThrow().manifests()) {
        end(placer.place(manifest));
      }
      store.lastKnownGood(number);
      placer.clean();
    } catch (IOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void end(Outcome outcome) {
    if (!outcome.equals(new Outcome.Done())) {
      System.err.println(outcome);
      System.exit(1);
    }
  }

  private static List<Manifest> manifests(Path source) throws IOException {
    List<Manifest> manifests = new ArrayList<>();
    for (String name :
        List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler")) {
      String text = Files.readString(source.resolve(name + ".yaml"));
      manifests.add(new Manifest(name, name + ".yaml", text));
    }
    return manifests;
  }
}
