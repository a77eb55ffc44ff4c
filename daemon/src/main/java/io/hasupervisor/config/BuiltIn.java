package io.hasupervisor.config;

import io.hasupervisor.yaml.Place;
import io.hasupervisor.yaml.Problems;
import io.hasupervisor.yaml.Spot;
import io.hasupervisor.yaml.Value.Table;
import io.hasupervisor.yaml.YamlReader;

/**
 * The services and manifests that are there without a word of configuration: the lowest layer, over
 * which every file is laid. What stands here differs from the defaults of the keys.
 */
final class BuiltIn {
  private static final String TEXT =
      """
      services:
        docker:
          kind: systemd
          unit: docker.service
          watch-files:
            - /etc/docker/daemon.json
            - /etc/default/docker
            - /usr/bin/dockerd
            - /lib/systemd/system/docker.service
            - /etc/systemd/system/docker.service
            - /etc/systemd/system/docker.service.d
          kill:
            budget: 2
            spacing: 5m
            term-wait: 60s
          evidence:
            signal: USR1
            dumps:
              - /var/run/docker/goroutine-stacks-*.log
              - /run/docker/goroutine-stacks-*.log
          probes:
            ping:
              type: http
              url: http://localhost/_ping
              unix-socket: /var/run/docker.sock
            deep:
              type: docker
              unix-socket: /var/run/docker.sock
              period: 60s
              deadline: 60s
              failures: 2
        kubelet:
          kind: systemd
          unit: kubelet.service
          depends-on: [docker]
          watch-files:
            - /var/lib/kubelet/config.yaml
            - /var/lib/kubelet/kubeadm-flags.env
            - /etc/kubernetes/kubelet.conf
            - /etc/default/kubelet
            - /usr/bin/kubelet
            - /lib/systemd/system/kubelet.service
            - /etc/systemd/system/kubelet.service
            - /etc/systemd/system/kubelet.service.d
          evidence:
            url: https://127.0.0.1:10250/debug/pprof/goroutine?debug=2
            client-certificate: /etc/kubernetes/pki/apiserver-kubelet-client.crt
            client-key: /etc/kubernetes/pki/apiserver-kubelet-client.key
          probes:
            healthz:
              type: http
              url: http://127.0.0.1:10248/healthz
        containerd:
          enabled: false
          kind: systemd
          unit: containerd.service
          watch-files:
            - /etc/containerd/config.toml
            - /usr/bin/containerd
            - /lib/systemd/system/containerd.service
            - /etc/systemd/system/containerd.service
            - /etc/systemd/system/containerd.service.d
          kill:
            budget: 2
            spacing: 5m
            term-wait: 60s
          evidence:
            signal: USR1
            journal-lines: 2000
          probes:
            socket:
              type: unix
              unix-socket: /run/containerd/containerd.sock
        kube-proxy:
          enabled: false
          kind: systemd
          unit: kube-proxy.service
          watch-files:
            - /etc/default/kube-proxy
            - /var/lib/kube-proxy/kubeconfig
            - /usr/bin/kube-proxy
            - /lib/systemd/system/kube-proxy.service
            - /etc/systemd/system/kube-proxy.service
            - /etc/systemd/system/kube-proxy.service.d
          probes:
            healthz:
              type: http
              url: http://127.0.0.1:10256/healthz
      manifests:
        set:
          etcd: {enabled: true}
          kube-apiserver: {enabled: true}
          kube-controller-manager: {enabled: true}
          kube-scheduler: {enabled: true}
      """;

  private static final Table TREE = read();

  private BuiltIn() {}

  static Table tree() {
    return TREE;
  }

  private static Table read() {
    Problems problems = new Problems();
    Table tree = YamlReader.read(Place.builtIn().file(), TEXT, problems).orElse(Table.EMPTY);
    var _ = DaemonKeys.SHAPE.read(tree, new Spot("", problems));
    if (!problems.none()) {
      throw new IllegalStateException("built-in configuration: " + problems.all());
    }
    return tree;
  }
}
