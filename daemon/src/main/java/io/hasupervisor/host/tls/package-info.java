/** The client's side of TLS with keys and certificates as kubeadm and the kubelet write them. */
package io.hasupervisor.host.tls;
