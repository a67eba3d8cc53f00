/**
 * What the log is told about an error. Messages of the database repeat values, so only its code is told, and of a stack
 * the places alone: its first lines are the message again.
 */
export function failureOf(error: Error): { failure: string; reason: string; stack: string } {
  const isOfDatabase = 'severity' in error && 'code' in error;
  const places = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return {
    failure: error.name,
    reason: isOfDatabase ? `database error ${error.code}` : error.message,
    stack: places.join('\n'),
  };
}
