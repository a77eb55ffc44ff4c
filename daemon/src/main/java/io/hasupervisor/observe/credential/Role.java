package io.hasupervisor.observe.credential;

/** What a certificate is for. */
public enum Role {
  /** Signs others. */
  CA,
  /** Shown by the apiserver. */
  APISERVER,
  /** Shown by etcd to its clients, and by its own gateway to itself. */
  ETCD_SERVER,
  /** Shown by etcd to its peers, from either end. */
  ETCD_PEER,
  /** Shown to a server. */
  CLIENT
}
