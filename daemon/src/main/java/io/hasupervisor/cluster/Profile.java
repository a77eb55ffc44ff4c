package io.hasupervisor.cluster;

import java.nio.file.Path;

/** The era of a control plane: which templates, ports and files it has. */
public enum Profile {
  /** The design of 2015 to 2018: plain etcd on 2380 and 4001, apiserver on 443 and 8080. */
  SEED("/srv/kubernetes", "/var/etcd/data", "/etc/default/kubelet", 4001, 443),
  /** The shape that kubeadm gives a master: TLS throughout, 2379, 2380 and 6443. */
  MODERN("/etc/kubernetes/pki", "/var/lib/etcd", "/var/lib/kubelet/config.yaml", 2379, 6443);

  private final Path credentials;
  private final Path etcdData;
  private final Path kubeletConfig;
  private final int etcdClientPort;
  private final int apiserverPort;

  Profile(
      String credentials,
      String etcdData,
      String kubeletConfig,
      int etcdClientPort,
      int apiserverPort) {
    this.credentials = Path.of(credentials);
    this.etcdData = Path.of(etcdData);
    this.kubeletConfig = Path.of(kubeletConfig);
    this.etcdClientPort = etcdClientPort;
    this.apiserverPort = apiserverPort;
  }

  /** Where certificates and keys lie unless configured otherwise. */
  public Path credentials() {
    return credentials;
  }

  /** Where etcd's data lies on the host unless configured otherwise. */
  public Path etcdData() {
    return etcdData;
  }

  /** Where the kubelet is told of its manifest directory unless configured otherwise. */
  public Path kubeletConfig() {
    return kubeletConfig;
  }

  /** etcd's port for clients. */
  public int etcdClientPort() {
    return etcdClientPort;
  }

  /** The apiserver's port with TLS. */
  public int apiserverPort() {
    return apiserverPort;
  }

  /** The name in the configuration and of the folder of templates: {@code seed}, {@code modern}. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
