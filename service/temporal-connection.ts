import { Connection, type ConnectionOptions } from '@temporalio/client';

/** Longer than a healthy server ever takes, shorter than the patience of whoever asked. */
const ANSWER_WITHIN_MS = 10_000;
/** Waits for the end of a workflow: the server itself ends each question after a minute. */
const WAITS = '/GetWorkflowExecutionHistory';

/**
 * A connection that is made when it is first used. A server that takes a question and never answers is as good as away:
 * whoever asks is told after ten seconds, and holds nothing any longer than that.
 */
export function temporalConnection(options: ConnectionOptions): Connection {
  type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];
  const inTime: Interceptor = (call, next) => {
    const waits = call.method_definition.path.endsWith(WAITS);
    const deadline = call.deadline ?? (waits ? undefined : Date.now() + ANSWER_WITHIN_MS);
    // gRPC takes what the next one answers just as well; its type asks for its own class
    return next(deadline === undefined ? call : { ...call, deadline }) as ReturnType<Interceptor>;
  };
  // this one only, without the client's own repetitions: whoever asked asks again, and none is left running at the end
  return Connection.lazy({ ...options, interceptors: [inTime] });
}
