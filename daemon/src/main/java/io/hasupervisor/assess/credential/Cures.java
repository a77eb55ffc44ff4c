package io.hasupervisor.assess.credential;

import io.hasupervisor.cluster.Master;
import io.hasupervisor.cluster.Profile;
import io.hasupervisor.observe.credential.Pair;
import io.hasupervisor.observe.credential.Role;
import java.nio.file.Path;

/** Commands that mend credentials. */
record Cures(Master master) {
  private static final String NEW_SET =
      "make a new set for all masters: ha-supervisor credentials create --output DIR";

  /** Another certificate, by the same authority where it can be. */
  String renew(Pair pair) {
    if (pair.renewsItself()) {
      return "See why the kubelet does not renew it: journalctl -u kubelet | grep -i certificate";
    }
    if (pair.role() == Role.CA) {
      return "A new authority needs all certificates anew: " + NEW_SET + ".";
    }
    return master.profile() == Profile.SEED
        ? "Sign another one with the authority's key, or " + NEW_SET + "."
        : "Where kubeadm made it: kubeadm certs renew "
            + kubeadmName(pair.certificate())
            + ", then restart what uses it; else "
            + NEW_SET
            + ".";
  }

  /** Another server certificate with this name or address in it. */
  String renewWith(Pair pair, String name) {
    return master.profile() == Profile.SEED || pair.role() != Role.APISERVER
        ? "Sign another one with " + name + " in it, or " + NEW_SET + "."
        : "Where kubeadm made it: move "
            + pair.certificate()
            + " and its key away, then kubeadm init phase certs apiserver"
            + " --apiserver-cert-extra-sans="
            + name.replace(" and ", ",").replace(", ", ",")
            + "; else "
            + NEW_SET
            + ".";
  }

  /** The file put where it is missing. */
  String restore(Path file) {
    return "Copy it from another master or a backup, or " + NEW_SET + " (" + file + ").";
  }

  private static String kubeadmName(Path certificate) {
    String name = Words.name(certificate).replace('/', '-');
    return name.endsWith(".crt") ? name.substring(0, name.length() - 4) : name;
  }
}
