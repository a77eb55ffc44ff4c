#!/bin/sh
unset JDK_JAVA_OPTIONS JAVA_TOOL_OPTIONS _JAVA_OPTIONS # meant for other programs, and Java would print that it heeds them
args=java
case ${1:-} in
  manifests | credentials | init | host | preflight) args=tools ;; # these may need the second jar
  backup) args=backup ;;
esac
exec /usr/lib/ha-supervisor/runtime/bin/java "@/usr/lib/ha-supervisor/$args.args" "$@"
