import { createRequire } from 'node:module';
import type { History } from '@temporalio/common/lib/proto-utils';

/**
 * Histories as Temporal's own tools write and read them (`temporal workflow show --output json`). The SDK has the same
 * conversion, but npm installs two copies of protobufjs beside it, and each refuses the types of the other: here the
 * types and the conversion come from one copy.
 */
const requireFromSdk = createRequire(require.resolve('@temporalio/common'));
const { patchProtobufRoot } = requireFromSdk('@temporalio/proto/lib/patch-protobuf-root');
const requireFromProto = createRequire(requireFromSdk.resolve('@temporalio/proto'));
const { fromJson, toJson } = requireFromProto('protobufjs/ext/protojson');
const historyType = patchProtobufRoot(requireFromSdk('@temporalio/proto')).lookupType(
  'temporal.api.history.v1.History',
);

export function historyFromJson(json: string): History {
  return fromJson(historyType, JSON.parse(json), { ignoreUnknownFields: true });
}

export function historyToJson(history: History): string {
  return JSON.stringify(toJson(historyType, historyType.fromObject(history)));
}
