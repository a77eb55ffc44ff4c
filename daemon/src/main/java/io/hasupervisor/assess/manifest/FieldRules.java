package io.hasupervisor.assess.manifest;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the Kubernetes API asks of fields beyond their form (pkg/apis/core/validation); keys are
 * {@code Object.field}.
 */
final class FieldRules {
  /** Fields that must be there, in the order in which their lack is told. */
  static final Map<String, List<String>> REQUIRED =
      Map.ofEntries(
          Map.entry("Pod", List.of("metadata", "spec")),
          Map.entry("PodSpec", List.of("containers")),
          Map.entry("Container", List.of("name", "image")),
          Map.entry("ContainerPort", List.of("containerPort")),
          Map.entry("EnvVar", List.of("name")),
          Map.entry("ExecAction", List.of("command")),
          Map.entry("HTTPGetAction", List.of("port")),
          Map.entry("HTTPHeader", List.of("name", "value")),
          Map.entry("HostAlias", List.of("ip")),
          Map.entry("HostPathVolumeSource", List.of("path")),
          Map.entry("TCPSocketAction", List.of("port")),
          Map.entry("Volume", List.of("name")),
          Map.entry("VolumeMount", List.of("name", "mountPath")));

  /** The only words taken. */
  static final Map<String, Set<String>> WORDS =
      Map.ofEntries(
          Map.entry("PodSpec.restartPolicy", Set.of("Always", "OnFailure", "Never")),
          Map.entry(
              "PodSpec.dnsPolicy",
              Set.of("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None")),
          Map.entry("PodSpec.preemptionPolicy", Set.of("PreemptLowerPriority", "Never")),
          Map.entry("Container.imagePullPolicy", Set.of("Always", "IfNotPresent", "Never")),
          Map.entry("Container.terminationMessagePolicy", Set.of("File", "FallbackToLogsOnError")),
          Map.entry("ContainerPort.protocol", Set.of("TCP", "UDP", "SCTP")),
          Map.entry("HTTPGetAction.scheme", Set.of("HTTP", "HTTPS")),
          Map.entry("SeccompProfile.type", Set.of("RuntimeDefault", "Localhost", "Unconfined")),
          Map.entry("Toleration.operator", Set.of("Exists", "Equal", "Lt", "Gt")),
          Map.entry("Toleration.effect", Set.of("NoSchedule", "PreferNoSchedule", "NoExecute")),
          Map.entry(
              "VolumeMount.mountPropagation", Set.of("None", "HostToContainer", "Bidirectional")),
          Map.entry(
              "HostPathVolumeSource.type",
              Set.of(
                  "",
                  "DirectoryOrCreate",
                  "Directory",
                  "FileOrCreate",
                  "File",
                  "Socket",
                  "CharDevice",
                  "BlockDevice")));

  /** Numbers from 1 to 65535; a name is taken where the field's form allows one. */
  static final Set<String> PORTS =
      Set.of(
          "ContainerPort.containerPort",
          "ContainerPort.hostPort",
          "GRPCAction.port",
          "HTTPGetAction.port",
          "TCPSocketAction.port");

  private FieldRules() {}
}
