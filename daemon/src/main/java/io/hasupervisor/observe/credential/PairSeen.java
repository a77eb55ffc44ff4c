package io.hasupervisor.observe.credential;

import java.util.List;

/** A certificate file, its own certificate first, and the file of its key. */
public record PairSeen(
    Pair pair, FileSeen<List<CertificateSeen>> certificate, FileSeen<KeySeen> key) {}
