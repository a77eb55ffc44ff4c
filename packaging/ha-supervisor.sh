#!/bin/sh
unset JDK_JAVA_OPTIONS JAVA_TOOL_OPTIONS _JAVA_OPTIONS # meant for other programs, and Java would print that it heeds them
exec /usr/lib/ha-supervisor/runtime/bin/java @/usr/lib/ha-supervisor/java.args "$@"
