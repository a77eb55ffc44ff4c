package io.hasupervisor.assess.manifest;

import io.hasupervisor.observe.manifest.Pod;
import io.hasupervisor.observe.manifest.Pod.Container;
import io.hasupervisor.observe.manifest.Pod.Word;
import io.hasupervisor.yaml.Place;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What a container runs.
 *
 * @param component empty where it is none of the control plane
 * @param flags in their order; of a flag that is there twice the last counts
 * @param shell the script, where a shell starts the program
 */
record Program(
    Pod pod,
    Container container,
    Optional<Component> component,
    List<Flag> flags,
    Optional<Shell> shell) {

  /** Of all containers, those that end before the others start included. */
  static List<Program> of(Pod pod) {
    return pod.containers().stream().map(container -> of(pod, container)).toList();
  }

  private static Program of(Pod pod, Container container) {
    OptionalInt script = script(container.words());
    Optional<Shell> shell =
        script.stream().mapToObj(at -> Shell.of(container.words().get(at).text())).findFirst();
    List<Word> words =
        script.isEmpty() ? container.words() : expanded(container.words(), script.getAsInt());
    for (int i = 0; i < words.size(); i++) {
      Optional<Component> component = Component.of(words.get(i).text());
      boolean hyperkube = words.get(i).text().matches("(.*/)?hyperkube") && i + 1 < words.size();
      if (hyperkube) {
        component = Component.ofHyperkube(words.get(i + 1).text());
      }
      if (component.isPresent()) {
        return of(pod, container, component, flags(words, i + (hyperkube ? 2 : 1)), shell);
      }
    }
    String repository = container.image().text().replaceFirst("(:[^:/]*)?(@.*)?$", "");
    return of(pod, container, Component.of(repository), flags(words, 0), shell);
  }

  private static Program of(
      Pod pod,
      Container container,
      Optional<Component> component,
      List<Flag> flags,
      Optional<Shell> shell) {
    boolean etcd = component.isPresent() && component.get() == Component.ETCD;
    List<Flag> all = etcd ? Stream.concat(environment(container), flags.stream()).toList() : flags;
    return new Program(pod, container, component, all, shell);
  }

  /** etcd takes {@code ETCD_DATA_DIR} for {@code --data-dir}; a flag goes before a variable. */
  private static Stream<Flag> environment(Container container) {
    return container.env().stream()
        .filter(word -> word.text().matches("ETCD_[A-Z_]+=.*"))
        .map(
            word -> {
              int equals = word.text().indexOf('=');
              String name = word.text().substring(5, equals);
              return new Flag(
                  name.toLowerCase(Locale.ROOT).replace('_', '-'),
                  word.text().substring(equals + 1),
                  word.place());
            });
  }

  /** Index of the word that a shell reads as its script. */
  private static OptionalInt script(List<Word> words) {
    boolean shell = !words.isEmpty() && words.getFirst().text().matches("(.*/)?(ba|da|a|k|z)?sh");
    for (int i = 1; shell && i + 1 < words.size(); i++) {
      if (words.get(i).text().matches("-[a-z]*c[a-z]*")) {
        return OptionalInt.of(i + 1);
      }
    }
    return OptionalInt.empty();
  }

  /** The script's words; what stands behind the script is its {@code $0} and {@code $@}. */
  private static List<Word> expanded(List<Word> words, int script) {
    List<Word> behind = words.subList(script + 1, words.size());
    Place place = words.get(script).place();
    return Shell.of(words.get(script).text()).words().stream()
        .flatMap(
            word ->
                switch (word) {
                  case "$0" -> behind.stream().limit(1);
                  case "$@", "$*" -> behind.stream().skip(1);
                  default -> Stream.of(new Word(place, word));
                })
        .toList();
  }

  private static List<Flag> flags(List<Word> words, int from) {
    Stream.Builder<Flag> flags = Stream.builder();
    for (int i = from; i < words.size() && !words.get(i).text().equals(Shell.END); i++) {
      Word word = words.get(i);
      if (!word.text().startsWith("-")) {
        continue;
      }
      String bare = word.text().replaceFirst("^--?", "");
      int equals = bare.indexOf('=');
      boolean next = i + 1 < words.size() && !words.get(i + 1).text().matches("(-|;).*");
      if (equals >= 0) {
        flags.add(new Flag(bare.substring(0, equals), bare.substring(equals + 1), word.place()));
      } else if (next) {
        flags.add(new Flag(bare, words.get(i + 1).text(), words.get(i + 1).place()));
      } else {
        flags.add(new Flag(bare, "", word.place()));
      }
    }
    return flags.build().toList();
  }

  boolean is(Component wanted) {
    return component.isPresent() && component.get() == wanted && !container.init();
  }

  /** The version in the image's tag. */
  Optional<Release> release() {
    return Release.of(container.image().text());
  }

  /** The flag of this name; the last where it is there twice. */
  Optional<Flag> flag(String name) {
    return flags.stream().filter(flag -> flag.name().equals(name)).reduce((_, last) -> last);
  }

  /** The flag's value, if it has one. */
  Optional<String> value(String name) {
    return flag(name).map(Flag::value).filter(value -> !value.isEmpty());
  }

  /** The URLs in a flag's value. */
  List<Endpoint> urls(String name) {
    return value(name).map(Endpoint::all).orElse(List.of());
  }

  /** Where the flag stands, or the container where it is missing. */
  Place place(String name) {
    return flag(name).map(Flag::place).orElse(container.place());
  }
}
