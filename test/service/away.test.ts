import { Connection } from '@temporalio/client';
import { createPool } from '../../db/pool';
import { Refusal } from '../../operations/refusal';
import { awayOf } from '../../service/away';

describe('what does not answer', () => {
  it('is the database when nobody listens there', async () => {
    const pool = createPool('postgres://nobody:none@127.0.0.1:1/none', 1);

    const error = await pool.query('select 1').catch((cause: unknown) => cause);
    await pool.end();

    expect(awayOf(error)).toBe('database');
  });

  it('is Temporal when nobody listens there', async () => {
    const connection = Connection.lazy({ address: '127.0.0.1:1', interceptors: [], connectTimeout: 500 });

    const connecting = await connection.ensureConnected().catch((cause: unknown) => cause);
    const asking = await connection
      .withDeadline(Date.now() + 500, () => connection.workflowService.getSystemInfo({}))
      .catch((cause: unknown) => cause);
    await connection.close();

    expect([awayOf(connecting), awayOf(asking)]).toEqual(['temporal', 'temporal']);
  });

  it('is nobody for a mistake of ours or a refusal', () => {
    expect(awayOf(new TypeError('x is not a function'))).toBeNull();
    expect(awayOf(new Refusal('conflict', 'under way'))).toBeNull();
  });
});
