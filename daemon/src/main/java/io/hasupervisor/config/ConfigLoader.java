package io.hasupervisor.config;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Worker;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.loop.Plan.Settings;
import io.hasupervisor.loop.ServiceSpec;
import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Problem;
import io.hasupervisor.yaml.Problems;
import io.hasupervisor.yaml.Spot;
import io.hasupervisor.yaml.TrustedFile;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the main file and {@code conf.d/*.yaml} beside it over the built-in defaults, and finds
 * everything that is wrong in one go. Bad input is an answer, never an exception.
 */
public final class ConfigLoader {
  /** Far more than one host runs; a bound for what follows. */
  private static final int MOST_SERVICES = 100;

  private final Path main;
  private final Environment environment;
  private final Problems problems = new Problems();
  private final List<Path> files = new ArrayList<>();

  private ConfigLoader(Path main, Environment environment) {
    this.main = main;
    this.environment = environment;
  }

  /** The plan of the files as they are now, or all their problems. */
  public static Loaded load(Path main, Environment environment) {
    return new ConfigLoader(main, environment).load();
  }

  private Loaded load() {
    files.add(main);
    files.addAll(new DropIns(main, environment.uid(), problems).list());
    boolean whole = problems.none();
    Table merged = BuiltIn.tree();
    for (Path file : files) {
      Optional<Table> tree = read(file);
      whole &= tree.isPresent();
      merged = Merge.over(DaemonKeys.SHAPE, merged, tree.orElse(Table.EMPTY));
    }
    if (!whole) {
      // What is missing may stand in the part that could not be read: no further checks.
      return bad();
    }
    Plan plan = plan(Section.root(DaemonKeys.SHAPE, merged, new Place(main, 1, 1), problems));
    return problems.none() ? new Loaded.Good(plan, files) : bad();
  }

  /** Empty when the file's tree is not whole. */
  private Optional<Table> read(Path file) {
    Problems ofForm = new Problems();
    Optional<Table> tree =
        new TrustedFile(file, environment.uid(), ofForm)
            .read()
            .flatMap(text -> YamlReader.read(file, text, ofForm));
    problems.addAll(ofForm);
    tree.ifPresent(table -> DaemonKeys.SHAPE.read(table, new Spot("", problems)));
    return tree.filter(_ -> ofForm.none());
  }

  private Plan plan(Section root) {
    SettingsReader reader = new SettingsReader(root, environment);
    Settings settings = reader.read();
    Map<String, Section> sections = root.sections(DaemonKeys.SERVICES, ServiceKeys.SHAPE);
    if (sections.size() > MOST_SERVICES) {
      root.reject(DaemonKeys.SERVICES, "holds more than " + MOST_SERVICES + " services");
      return new Plan(settings, List.of(), Optional.empty(), Optional.empty());
    }
    Optional<Worker> worker = new WorkerReader(root).read();
    Optional<Master> master =
        worker.isPresent() ? Optional.empty() : new MasterReader(root, main).read(settings);
    PolicyReader policies =
        new PolicyReader(settings.observeOnly(), master.isPresent(), environment.hostId());
    List<ServiceSpec> services = new ArrayList<>();
    Rivals rivals = new Rivals();
    sections.forEach(
        (name, section) -> {
          ServiceSpec service =
              new ServiceReader(name, section, settings.stateDir()).read(policies);
          if (section.get(ServiceKeys.ENABLED)) {
            rivals.check(name, service.unit(), section);
            services.add(service);
          }
        });
    Dependencies.check(sections);
    return new Plan(settings, List.copyOf(services), master, worker);
  }

  /** In the order of the files, and in each from top to bottom. */
  private Loaded bad() {
    return new Loaded.Bad(
        problems.all().stream()
            .sorted(
                Comparator.<Problem>comparingInt(problem -> files.indexOf(problem.file()))
                    .thenComparingInt(Problem::line)
                    .thenComparingInt(Problem::column))
            .distinct()
            .toList());
  }
}
