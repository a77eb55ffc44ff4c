package io.hasupervisor.act.credential;

import io.hasupervisor.act.credential.CredentialSet.Content;
import io.hasupervisor.act.credential.CredentialSet.Lives;
import io.hasupervisor.act.credential.Subject.Purpose;
import io.hasupervisor.cluster.Addresses;
import io.hasupervisor.cluster.Master;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code /etc/kubernetes} as kubeadm lays it out, with its names and groups. The authorities' keys
 * are on every master: the controller manager signs kubelets' certificates, and kubeadm renews by
 * the others.
 */
final class ModernSet {
  private final Master master;
  private final Lives lives;
  private final Path in;
  private final Authority ca;
  private final Authority frontProxy;
  private final Authority etcd;

  private ModernSet(Master master, Lives lives) throws GeneralSecurityException {
    this.master = master;
    this.lives = lives;
    this.in = master.credentials().directory();
    this.ca = Authority.create("kubernetes", KeyKind.EC, lives.now(), lives.authority());
    this.frontProxy =
        Authority.create("front-proxy-ca", KeyKind.EC, lives.now(), lives.authority());
    this.etcd = Authority.create("etcd-ca", KeyKind.EC, lives.now(), lives.authority());
  }

  static CredentialSet create(Master master, Lives lives) throws GeneralSecurityException {
    ModernSet set = new ModernSet(master, lives);
    List<Content> shared = set.shared();
    Map<String, List<Content>> masters = new LinkedHashMap<>();
    for (Map.Entry<String, String> each : master.cluster().masters().entrySet()) {
      List<Content> files = new ArrayList<>(shared);
      files.addAll(set.own(each.getKey(), each.getValue()));
      masters.put(each.getKey(), List.copyOf(files));
    }
    return new CredentialSet(masters, List.of());
  }

  private List<Content> shared() throws GeneralSecurityException {
    List<Content> files = new ArrayList<>();
    files.addAll(pair("ca", ca.own()));
    files.addAll(pair("front-proxy-ca", frontProxy.own()));
    files.addAll(pair("etcd/ca", etcd.own()));
    files.addAll(
        pair(
            "apiserver-kubelet-client",
            issue(ca, Subject.client("kube-apiserver-kubelet-client", "system:masters"))));
    files.addAll(
        pair("front-proxy-client", issue(frontProxy, Subject.client("front-proxy-client"))));
    files.addAll(
        pair("apiserver-etcd-client", issue(etcd, Subject.client("kube-apiserver-etcd-client"))));
    files.addAll(
        pair(
            "etcd/healthcheck-client",
            issue(etcd, Subject.client("kube-etcd-healthcheck-client"))));
    KeyPair accounts = KeyKind.RSA.newKeys();
    files.add(new Content(in.resolve("sa.key"), Issued.keyPem(accounts.getPrivate())));
    files.add(new Content(in.resolve("sa.pub"), Issued.pem(accounts.getPublic())));
    return files;
  }

  private List<Content> own(String name, String address) throws GeneralSecurityException {
    List<String> apiserver = new ArrayList<>(List.of(name, address));
    apiserver.addAll(CredentialSet.commonNames(master.cluster()));
    List<String> member = List.of(name, address, "localhost", "127.0.0.1", "::1");
    List<Content> files = new ArrayList<>();
    files.addAll(
        pair("apiserver", issue(ca, Subject.server("kube-apiserver", apiserver, Purpose.SERVER))));
    // Both purposes: etcd's own gateway is a client of etcd, and a peer is both to its peers.
    for (String end : List.of("etcd/server", "etcd/peer")) {
      files.addAll(
          pair(end, issue(etcd, Subject.server(name, member, Purpose.SERVER, Purpose.CLIENT))));
    }
    // Each talks to the apiserver beside it: a load balancer out of order stops none of them.
    String local = url(address, master.profile().apiserverPort());
    for (String component : List.of("controller-manager", "scheduler")) {
      files.add(kubeconfig(component, local, Subject.client("system:kube-" + component)));
    }
    String balanced =
        master.cluster().loadBalancer().map(lb -> url(lb.host(), lb.port())).orElse(local);
    files.add(
        kubeconfig("kubelet", balanced, Subject.client("system:node:" + name, "system:nodes")));
    files.add(kubeconfig("admin", balanced, Subject.client("kubernetes-admin", "system:masters")));
    return files;
  }

  private Issued issue(Authority by, Subject subject) throws GeneralSecurityException {
    return by.issue(subject, lives.now(), lives.leaf());
  }

  private List<Content> pair(String name, Issued issued) {
    return List.of(
        new Content(in.resolve(name + ".crt"), issued.certificatePem()),
        new Content(in.resolve(name + ".key"), issued.keyPem()));
  }

  private Content kubeconfig(String component, String server, Subject subject)
      throws GeneralSecurityException {
    return new Content(
        Path.of("/etc/kubernetes", component + ".conf"),
        Kubeconfig.of(
            master.cluster().name(),
            server,
            subject.commonName(),
            ca.own().certificatePem(),
            issue(ca, subject)));
  }

  private static String url(String host, int port) {
    return "https://" + Addresses.inUrl(host) + ":" + port;
  }
}
