package io.hasupervisor.command;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.observe.etcd.EtcdRound;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

@Command(
    name = "verify",
    description = {
      "Prove by hand that etcd works: write a key through this host's member, read it through every"
          + " other member that can be asked, and remove it.",
      "Each step is a line with the time it took: \"ok\" done, \"--\" impossible from here by"
          + " design, \"!!\" failed."
    },
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor etcd verify",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:written, and read through every member that can be asked from here",
      ExitCodes.REFUSED,
      "2:wrong usage",
      "4:written, but some member failed",
      "5:it could not be written or read",
      ExitCodes.BAD_CONFIG
    })
final class EtcdVerifyCommand extends MasterCommand {
  private final Supplier<EtcdScene> scene;

  EtcdVerifyCommand() {
    this(EtcdScene::ofProcess);
  }

  EtcdVerifyCommand(Supplier<EtcdScene> scene) {
    this.scene = scene;
  }

  @Override
  int run(Plan plan, Master master, Path stateDir) throws InterruptedException {
    EtcdScene here = scene.get();
    if (here.user() != 0) {
      return failed("only root may ask etcd from here: sudo " + spec.qualifiedName());
    }
    try (EtcdSight sight = here.sight().apply(master, here.clock())) {
      EtcdRound round = sight.look();
      if (round.members().stream().anyMatch(member -> member.listed().isEmpty())) {
        // The first look asks the configured addresses; a member list gives them names.
        round = sight.look();
      }
      String value = plan.settings().node() + " at " + here.clock().wall();
      return new EtcdVerification(sight, round, out(), key(plan, master), value).run();
    }
  }

  private static String key(Plan plan, Master master) {
    return "/ha-supervisor/v1/%s/verify/%s"
        .formatted(master.cluster().name(), plan.settings().node());
  }
}
