package io.hasupervisor.decide.disruption;

import io.hasupervisor.decide.disruption.Disruption.Kind;

/** What a disruption costs (control-plane 3.2.1). The third class is never done by this daemon. */
public enum Cost {
  /** Nothing that lives is ended. */
  NOTHING,
  /** The subject is away for a moment, and its containers live on. */
  CONTAINERS_SURVIVE,
  /** This host's member of etcd, its apiserver, or both are away for a while. */
  VOTE;

  static final String DOCKER = "docker";
  static final String KUBELET = "kubelet";
  static final String ETCD = "etcd";
  static final String APISERVER = "kube-apiserver";

  /** By what is asked for, and by what lives here. */
  public static Cost of(Disruption wanted, Scene scene) {
    return switch (wanted.kind()) {
      case REBOOT -> VOTE;
      case PLACE -> ofPlacing(wanted.subject());
      case START, RESTART, STOP -> ofService(wanted, scene);
    };
  }

  /** Other components come and go without harm: a leader is elected anew. */
  private static Cost ofPlacing(String manifest) {
    return manifest.equals(ETCD) || manifest.equals(APISERVER) ? VOTE : NOTHING;
  }

  private static Cost ofService(Disruption wanted, Scene scene) {
    return switch (wanted.subject()) {
      case DOCKER -> scene.liveRestore() ? CONTAINERS_SURVIVE : VOTE;
      case KUBELET -> wanted.kind() == Kind.START ? NOTHING : CONTAINERS_SURVIVE;
      default -> NOTHING;
    };
  }
}
