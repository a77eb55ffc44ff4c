package io.hasupervisor.monit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One statement of a control file. */
sealed interface Statement {
  /** Where it begins. */
  Origin at();

  /** Its words, as far as they may be shown. */
  String shown();

  /** One that stands by itself. */
  sealed interface Top extends Statement {}

  /** One that is part of an entry. */
  sealed interface Part extends Statement {}

  /** {@code set}: of monit as a whole. */
  record Setting(Origin at, List<Token> words) implements Top {
    /** What is set, such as {@code daemon}. */
    String subject() {
      return words.isEmpty() ? "" : words.getFirst().word();
    }

    /** The values may be secret. */
    @Override
    public String shown() {
      return "set " + subject() + (words.size() > 1 ? " …" : "");
    }
  }

  /**
   * {@code check}: something that is watched, with all that is said of it.
   *
   * @param header by keyword, such as {@code pidfile}
   */
  record Entry(Origin at, Kind kind, String name, Map<String, Token> header, List<Part> statements)
      implements Top {
    /** The value of a header's keyword. */
    Optional<String> header(String keyword) {
      return Optional.ofNullable(header.get(keyword)).map(Token::text);
    }

    @Override
    public String shown() {
      return "check " + kind.name().toLowerCase(Locale.ROOT) + " " + name;
    }
  }

  /** What an entry watches. */
  enum Kind {
    PROCESS,
    PROGRAM,
    FILE,
    FILESYSTEM,
    DIRECTORY,
    FIFO,
    HOST,
    NETWORK,
    SYSTEM
  }

  /** A program, and whose rights it runs with. */
  record Run(List<String> argv, Optional<String> uid, Optional<String> gid) {}

  /** {@code start}, {@code stop} or {@code restart}. */
  record Method(Origin at, String verb, Run run, Optional<Integer> timeout) implements Part {
    @Override
    public String shown() {
      return verb + " program " + run.argv().getFirst();
    }
  }

  /**
   * So many failures within so many cycles.
   *
   * @param inARow whether it was written {@code for N cycles}
   */
  record Rate(int failures, int cycles, boolean inARow) {}

  /** What is done. */
  record Act(String verb, Optional<Run> run) {
    boolean is(String... verbs) {
      return List.of(verbs).contains(verb);
    }

    /** In one word or two: arguments may be secret. */
    String shown() {
      return verb + run.map(it -> " " + it.argv().getFirst()).orElse("");
    }
  }

  /** {@code if}: a test, without the words that mean nothing. */
  record Test(Origin at, List<Token> condition, Optional<Rate> rate, Act act, Optional<Act> after)
      implements Part {
    /** Whether the condition begins with these keywords. */
    boolean begins(String... keywords) {
      for (int i = 0; i < keywords.length; i++) {
        if (i >= condition.size() || !condition.get(i).is(keywords[i])) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String shown() {
      return "if " + Shown.of(condition) + " then " + act.shown();
    }
  }

  /** {@code if N restarts within M cycles}. */
  record Restarts(Origin at, int restarts, int cycles, Act act) implements Part {
    @Override
    public String shown() {
      return "if %d restarts within %d cycles then %s".formatted(restarts, cycles, act.shown());
    }
  }

  /** {@code depends on}. */
  record Depends(Origin at, List<String> names) implements Part {
    @Override
    public String shown() {
      return "depends on " + String.join(", ", names);
    }
  }

  /** {@code every N cycles}. */
  record EveryCycles(Origin at, int cycles) implements Part {
    @Override
    public String shown() {
      return "every " + cycles + " cycles";
    }
  }

  /** {@code every} or {@code not every}, with the times of cron. */
  record EveryTime(Origin at, boolean not, String times) implements Part {
    @Override
    public String shown() {
      return (not ? "not every '" : "every '") + times + "'";
    }
  }

  /** A keyword with one word: {@code group}, {@code mode} or {@code onreboot}. */
  record Attribute(Origin at, String keyword, String value) implements Part {
    @Override
    public String shown() {
      return keyword + " " + value;
    }
  }

  /** {@code alert} or {@code noalert}: who gets mail. */
  record Alert(Origin at, String keyword) implements Part {
    @Override
    public String shown() {
      return keyword + " …";
    }
  }

  /**
   * What monit would not understand either, or this does not; what is secret in it is not known.
   */
  record Unknown(Origin at, List<Token> words) implements Top, Part {
    @Override
    public String shown() {
      return Shown.begin(words);
    }
  }
}
