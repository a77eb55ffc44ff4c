package io.hasupervisor.command;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.control.cli.ExitCodes;
import io.hasupervisor.loop.Plan;
import io.hasupervisor.observe.etcd.EtcdRound;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "members",
    description = {
      "Show etcd's member list, who gave it, and whether that is proven.",
      "Each member that can be asked gives its own. Lists that differ are all shown."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ha-supervisor etcd members",
      "  ha-supervisor etcd members --json | jq -r '.lists[0].members[].id'"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:one list, and it is proven",
      ExitCodes.REFUSED,
      "2:wrong usage",
      "4:lists differ, or none is proven",
      "5:no member gave a list",
      ExitCodes.BAD_CONFIG
    })
final class EtcdMembersCommand extends MasterCommand {
  private final Supplier<EtcdScene> scene;

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  EtcdMembersCommand() {
    this(EtcdScene::ofProcess);
  }

  EtcdMembersCommand(Supplier<EtcdScene> scene) {
    this.scene = scene;
  }

  @Override
  int run(Plan plan, Master master, Path stateDir) throws InterruptedException {
    EtcdScene here = scene.get();
    if (here.user() != 0) {
      return failed("only root may ask etcd from here: sudo " + spec.qualifiedName());
    }
    EtcdRound round;
    try (EtcdSight sight = here.sight().apply(master, here.clock())) {
      round = sight.look();
    }
    ListedMembers listed = ListedMembers.of(round);
    if (listed.lists().isEmpty()) {
      int _ = failed("no member of etcd gave a list");
      round
          .members()
          .forEach(member -> err().println("  " + member.url() + ": " + ListedMembers.why(member)));
      return 5;
    }
    out().print(json ? listed.json() : listed.text());
    return listed.lists().size() == 1 && listed.proven(listed.lists().getFirst()) ? 0 : 4;
  }
}
