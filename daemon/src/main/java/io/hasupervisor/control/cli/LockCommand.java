package io.hasupervisor.control.cli;

import io.hasupervisor.control.Reply;
import io.hasupervisor.control.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands about the lock by which the masters take turns. */
@Command(
    name = "lock",
    description = {
      "The lock in etcd by which masters take turns: only its holder may be disturbed in a way that"
          + " costs etcd a member."
    },
    footerHeading = "%nExample:%n",
    footer = "  ha-supervisor lock show")
final class LockCommand extends CommandGroup {
  @Command(
      name = "show",
      description = {
        "Show who holds the lock, what for, and since when by its clock and by this host's; whether"
            + " it is frozen; who held it before.",
        "Where etcd cannot be asked, what was known last is shown with its age."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  ha-supervisor lock show", "  ha-supervisor lock show --json | jq .lock.holder"},
      exitCodeList = {"0:shown", ExitCodes.REFUSED, ExitCodes.USAGE, ExitCodes.UNREACHABLE})
  static final class ShowCommand extends ViewCommand {
    ShowCommand(Terminal terminal) {
      super(terminal);
    }

    @Override
    Request request() {
      return new Request.GetLock(rendering());
    }
  }

  @Command(
      name = "break",
      description = {
        "Take the lock from its holder, or replace what is not understood in its place.",
        "Its holder may still be in the middle of what it does: with the lock broken, another"
            + " master may be disturbed at the same time, which can cost etcd its quorum. Look at"
            + " the holder first, on that host: ha-supervisor status. Where it is gone for good,"
            + " switch it off.",
        "Work that masters do in turns stops where its holder's lock is broken."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  ha-supervisor lock break", "  ha-supervisor lock break --yes"})
  static final class BreakCommand extends EtcdOrder {
    private final Terminal terminal;

    @Option(names = "--yes", description = "Do it; without this it is only shown.")
    boolean yes;

    BreakCommand(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    Request request() {
      return new Request.BreakLock();
    }

    @Override
    public Integer call() {
      return yes ? super.call() : show();
    }

    private int show() {
      Reply lock = ask(new Request.GetLock(terminal.rendering(false)));
      if (lock.exit() != 0) {
        return print(lock);
      }
      print(lock);
      return print(
          Reply.refused(
              "nothing was done: whoever holds it may still be acting, and another master could be"
                  + " disturbed at the same time. Look there first: ha-supervisor status. If"
                  + " nothing goes on there, the same again with --yes"));
    }
  }

  @Command(
      name = "freeze",
      description = {
        "Have no master disturbed until unfreeze, by nobody: for work on the network or on etcd.",
        "Whoever holds the lock ends what it does. What is dead is still started where that costs"
            + " nothing; observation goes on."
      },
      footerHeading = "%nExample:%n",
      footer = "  ha-supervisor lock freeze --reason 'work on the switches'")
  static final class FreezeCommand extends EtcdOrder {
    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why: shown to whoever looks next.")
    String reason = "";

    @Override
    Request request() {
      return new Request.FreezeLock(reason);
    }
  }

  @Command(
      name = "unfreeze",
      description = {
        "End a freeze, also one that the daemons ordered after two failures within an hour, or"
            + " after a changed manifest of etcd or an apiserver that did not run."
      },
      footerHeading = "%nExample:%n",
      footer = "  ha-supervisor lock unfreeze")
  static final class UnfreezeCommand extends EtcdOrder {
    @Override
    Request request() {
      return new Request.UnfreezeLock();
    }
  }
}
