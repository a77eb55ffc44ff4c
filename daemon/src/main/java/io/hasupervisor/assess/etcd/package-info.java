/**
 * Pure: rounds of evidence to the state of each member and of the cluster, and how many voters may
 * still be lost (control-plane 3.1). Only a linearizable read proves quorum; counts say how many
 * more may go.
 */
package io.hasupervisor.assess.etcd;
