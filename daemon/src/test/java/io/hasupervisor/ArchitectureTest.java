package io.hasupervisor;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Holds the one-way imports that {@code package-info} of the root package draws. */
@AnalyzeClasses(packages = "io.hasupervisor", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String ROOT = "io.hasupervisor.";

  @ArchTest static final ArchRule clusterKnowsNothingOfOurs = mayUse("cluster");
  @ArchTest static final ArchRule yamlKnowsNothingOfOurs = mayUse("yaml");
  @ArchTest static final ArchRule hostKnowsNothingOfOurs = mayUse("host");
  @ArchTest static final ArchRule observeKnowsHost = mayUse("observe", "cluster", "yaml", "host");

  @ArchTest
  static final ArchRule assessKnowsWhatWasObserved = mayUse("assess", "observe", "cluster", "yaml");

  @ArchTest
  static final ArchRule decideKnowsWhatWasAssessed =
      mayUse("decide", "assess", "observe", "cluster", "yaml");

  @ArchTest
  static final ArchRule actKnowsWhatWasDecided =
      mayUse("act", "decide", "observe", "cluster", "host");

  @ArchTest
  static final ArchRule publishKnowsTypes =
      mayUse("publish", "decide", "assess", "observe", "cluster", "yaml", "host");

  @ArchTest
  static final ArchRule controlKnowsTypes = mayUse("control", "decide", "publish", "host");

  @ArchTest
  static final ArchRule configKnowsSpecs =
      mayUse("config", "loop", "act", "decide", "assess", "observe", "cluster", "yaml", "host");

  @ArchTest
  static final ArchRule loopKnowsTheStages =
      mayUse("loop", "observe", "assess", "decide", "act", "publish", "control", "cluster", "host");

  /** Another program's files: known to the one command that imports them. */
  @ArchTest static final ArchRule monitKnowsNothingOfOurs = mayUse("monit", "yaml");

  @ArchTest
  static final ArchRule monitReadsNoFile =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "monit..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(java.nio.file.Files.class, java.io.File.class, java.io.InputStream.class);

  @ArchTest
  static final ArchRule noCycles = slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

  /** Pure: no clock, no chance, no logging, no input or output. */
  @ArchTest
  static final ArchRule decisionsArePure =
      classes()
          .that()
          .resideInAnyPackage(ROOT + "assess..", ROOT + "decide..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "java.lang..",
                      "java.time",
                      "java.util",
                      "java.util.function",
                      "java.util.regex",
                      "java.util.stream",
                      "io.fabric8.kubernetes.api.model..",
                      "com.fasterxml.jackson.annotation",
                      ROOT + "assess..",
                      ROOT + "decide..",
                      ROOT + "cluster..",
                      ROOT + "yaml..",
                      ROOT + "observe..")
                  // The name of a file, not the file.
                  .or(equivalentTo(Path.class)));

  /** Many classes, which the daemon must not load. */
  @ArchTest
  static final ArchRule oneClassKnowsTheModelOfThePods =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(ROOT + "assess.manifest.PodModel")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.fabric8..");

  @ArchTest
  static final ArchRule decisionsReadNoClock =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + "assess..", ROOT + "decide..")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now");

  private static ArchRule mayUse(String name, String... others) {
    List<String> outside =
        new ArrayList<>(
            List.of(
                "cluster", "yaml", "config", "host", "observe", "assess", "decide", "act",
                "publish", "control", "loop", "command", "monit"));
    outside.remove(name);
    outside.removeAll(List.of(others));
    String[] forbidden = outside.stream().map(other -> ROOT + other + "..").toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(ROOT + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("io\\.hasupervisor\\.(Main|Daemon)")
        .allowEmptyShould(true);
  }
}
