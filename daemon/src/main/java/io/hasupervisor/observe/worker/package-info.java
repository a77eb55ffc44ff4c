/** How this host's clients of the apiservers, kubelet and kube-proxy, are told where they are. */
package io.hasupervisor.observe.worker;
