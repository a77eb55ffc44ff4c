package io.hasupervisor.assess.docker;

import io.hasupervisor.observe.DockerInfo;
import io.hasupervisor.observe.docker.DockerLife;
import io.hasupervisor.observe.docker.DockerSeen;
import io.hasupervisor.observe.etcd.ProcessSeen;
import io.hasupervisor.observe.etcd.ProcessSeen.Alive;
import java.util.Optional;

/**
 * What is known of live-restore (control-plane 3.2.1): docker's own word, the settings it started
 * with, and whether etcd really outlived a restart.
 *
 * @param life of dockerd that the rest is about; one that has ended until the next has come
 * @param enabled docker's last good answer in that life
 * @param settings the file's content while that life was seen
 * @param edited whether the file was, or may have been, changed since that life began: the next one
 *     starts with something else
 * @param etcd seen last in that life
 * @param survivor etcd that was alive before a restart that it was to outlive, until docker answers
 * @param broke whether it did not
 */
public record LiveRestore(
    Optional<DockerLife> life,
    Optional<Boolean> enabled,
    String settings,
    boolean edited,
    Optional<Alive> etcd,
    Optional<Alive> survivor,
    boolean broke) {

  /** Equals no content: what was changed once stays so, even where it is changed back. */
  private static final String CHANGED = "changed";

  /** Nothing was seen. */
  public static final LiveRestore UNKNOWN =
      new LiveRestore(
          Optional.empty(), Optional.empty(), "", false, Optional.empty(), Optional.empty(), false);

  /** Whether containers, etcd's too, outlive a restart of docker now. */
  public boolean verified() {
    return enabled.orElse(false) && !edited && !broke;
  }

  /** The same after another look. */
  public LiveRestore then(DockerSeen seen) {
    boolean another = seen.life().isPresent() && life.filter(seen.life().get()::same).isEmpty();
    return (another ? reborn(seen, seen.life().get()) : this).within(seen);
  }

  /** Docker has another life: what it said before counts no more. */
  private LiveRestore reborn(DockerSeen seen, DockerLife next) {
    return new LiveRestore(
        Optional.of(next),
        Optional.empty(),
        seen.settings().content(),
        false,
        Optional.empty(),
        verified() ? etcd : survivor,
        broke);
  }

  /** A look in the same life, or after its end. A docker that hangs is believed as before. */
  private LiveRestore within(DockerSeen seen) {
    if (life.isEmpty()) {
      return this;
    }
    boolean changed = !settings.equals(seen.settings().content());
    DockerLife present = seen.life().orElse(life.get());
    // Reckoned anew, for the clock may have been set since.
    boolean late = !seen.settings().changed().isBefore(present.started());
    boolean answers = seen.life().isPresent() && seen.info() instanceof DockerInfo.Answers;
    // Only a docker that answers has done with the containers of its last life.
    boolean judged = answers && !(seen.etcd() instanceof ProcessSeen.Unknown);
    return new LiveRestore(
        Optional.of(present),
        answers && seen.info() instanceof DockerInfo.Answers it
            ? Optional.of(it.liveRestore())
            : enabled,
        changed ? CHANGED : settings,
        changed || late,
        switch (seen.etcd()) {
          case Alive alive -> Optional.of(alive);
          case ProcessSeen.Absent _ -> Optional.empty();
          case ProcessSeen.Unknown _ -> etcd;
        },
        judged ? Optional.empty() : survivor,
        broke || (judged && survivor.filter(it -> ended(it, seen.etcd())).isPresent()));
  }

  /** Whether etcd's process was ended between two looks. */
  public static boolean ended(ProcessSeen before, ProcessSeen after) {
    return before instanceof Alive was
        && switch (after) {
          case Alive is -> was.pid() != is.pid() || was.startTicks() != is.startTicks();
          case ProcessSeen.Absent _ -> true;
          case ProcessSeen.Unknown _ -> false;
        };
  }

  /** The same, once {@link #broke} is remembered elsewhere. */
  public LiveRestore remembered() {
    return new LiveRestore(life, enabled, settings, edited, etcd, survivor, false);
  }
}
