package io.hasupervisor.config;

import io.hasupervisor.loop.Plan;
import io.hasupervisor.yaml.Problem;
import java.nio.file.Path;
import java.util.List;

/** What became of reading the configuration. */
public sealed interface Loaded {

  /** It is good; {@code files} in the order in which they were read. */
  record Good(Plan plan, List<Path> files) implements Loaded {
    public Good {
      files = List.copyOf(files);
    }
  }

  /** It is not: everything that is wrong, in the order of the files. */
  record Bad(List<Problem> problems) implements Loaded {
    public Bad {
      problems = List.copyOf(problems);
    }
  }
}
