package io.hasupervisor.command;

import io.hasupervisor.assess.manifest.UnifiedDiff;
import io.hasupervisor.decide.worker.Admission;
import io.hasupervisor.decide.worker.FileEdit;
import io.hasupervisor.decide.worker.Joining;
import io.hasupervisor.observe.api.ApiAnswer;
import io.hasupervisor.observe.hostfiles.SmallFile;
import io.hasupervisor.observe.worker.ApiserverAsk;
import io.hasupervisor.observe.worker.ServerUrl;
import io.hasupervisor.publish.Plain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What joining a load balancer would change: looked up, shown, and the load balancer asked before
 * anything is touched.
 *
 * @param out takes what is shown
 * @param err takes why nothing comes of it
 */
record JoinPreview(JoinScene host, Wish wish, Consumer<String> out, Consumer<String> err) {

  /**
   * What somebody wants.
   *
   * @param written the URL as it is to stand in files
   * @param withProxy kube-proxy is to be pointed there as well
   * @param kubeletFile the one file that tells the kubelet, where somebody says so
   * @param ca authority where the kubelet's kubeconfig names none
   */
  record Wish(
      String written,
      ServerUrl url,
      boolean withProxy,
      Optional<Path> kubeletFile,
      Optional<Path> ca) {}

  /**
   * It can be done.
   *
   * @param work whether there is anything to do
   */
  record Ready(Joining.Planned plan, boolean work) {}

  /**
   * Looks, asks and shows; empty after the reason has been said.
   *
   * @param unfinished services wait for a restart, whether or not a file is to be changed
   */
  Optional<Ready> show(boolean unfinished) throws IOException, InterruptedException {
    Joining.Scene scene =
        host.look(wish.written(), wish.withProxy(), wish.kubeletFile(), wish.ca());
    return switch (Joining.of(scene)) {
      case Joining.Refused refused -> refused(refused.why() + "; " + refused.cure());
      case Joining.Planned planned -> {
        planned.remarks().forEach(out);
        if (planned.edits().isEmpty() && !unfinished) {
          out.accept("nothing to do: this host has joined " + wish.url());
          yield Optional.of(new Ready(planned, false));
        }
        Optional<String> objection =
            objection(ApiserverAsk.as(scene.kubelet(), host.paths(), wish.ca().or(host::ca)));
        if (objection.isPresent()) {
          yield refused(objection.get());
        }
        planned.edits().stream().map(JoinPreview::difference).forEach(out);
        if (!planned.services().isEmpty()) {
          out.accept("to be restarted: " + String.join(", ", planned.services()));
        }
        yield Optional.of(new Ready(planned, true));
      }
    };
  }

  private Optional<Ready> refused(String why) {
    err.accept(why + "; nothing was changed");
    return Optional.empty();
  }

  /** Why the kubelet must not be pointed there. */
  private Optional<String> objection(ApiserverAsk ask) throws InterruptedException {
    ApiAnswer answer = ask.ask(wish.url());
    Optional<String> objection = Admission.objection(answer, ask.kubeconfig().isPresent());
    if (objection.isEmpty()) {
      String denied =
          answer instanceof ApiAnswer.Denied it
              ? " (" + it.status() + ": up, and we may not ask more)"
              : "";
      out.accept("asked: an apiserver answers at " + wish.url() + denied);
    }
    return objection.map(why -> wish.url() + " " + Plain.line(why, 300));
  }

  private static String difference(FileEdit edit) {
    String name = edit.file().toString();
    return UnifiedDiff.of(
            edit.before().isPresent() ? name : "/dev/null",
            SmallFile.utf8(edit.before().orElse("")),
            name,
            SmallFile.utf8(edit.after()))
        .stripTrailing();
  }
}
