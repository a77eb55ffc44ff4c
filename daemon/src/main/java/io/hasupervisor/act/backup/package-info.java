/**
 * Backups made. A backup of etcd appears under its name only when it is whole, checked, on disk,
 * and has its sidecar:
 *
 * <ol>
 *   <li>{@code NAME.db.part} is written, synced, and checked against its own checksum;
 *   <li>{@code NAME.json}, the sidecar, is put in place and synced;
 *   <li>{@code NAME.db.part} becomes {@code NAME.db}, and the directory is synced.
 * </ol>
 *
 * <p>Killed at any point, this leaves a whole backup, or a {@code .part} and at most a sidecar of
 * nothing, which the next one removes. So a {@code .db} without a sidecar was never made here: it
 * is checked before it is trusted, and not removed unchecked.
 */
package io.hasupervisor.act.backup;
