#!/bin/sh
# Makes the namespace unless it is there. Ends with an error while the server is not ready: it is then started again.
set -eu

temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 30d
