import { Client } from 'pg';

/** The schema as text, in a fixed order: what the database itself says of its tables, columns, constraints and indexes. */
export async function dumpSchema(databaseUrl: string): Promise<string> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: columns } = await client.query<{ table_name: string; line: string }>(
      `select c.relname as table_name, format('  %s %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
          case when a.attnotnull then ' not null' else '' end,
          case when a.attidentity <> '' then ' identity' when d.oid is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end) as line
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
       left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
       where n.nspname = 'public' and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped order by c.relname, a.attnum`,
    );
    const { rows: constraints } = await client.query<{ table_name: string; line: string }>(
      `select c.relname as table_name, format('  constraint %s: %s', k.conname, pg_get_constraintdef(k.oid)) as line
       from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and k.contype <> 'n' order by c.relname, k.conname`,
    );
    const { rows: indexes } = await client.query<{ table_name: string; line: string }>(
      `select tablename as table_name, '  ' || indexdef as line from pg_indexes where schemaname = 'public' order by tablename, indexname`,
    );
    const tables = [...new Set(columns.map((row) => row.table_name))];
    const linesOf = (rows: Array<{ table_name: string; line: string }>, table: string) =>
      rows.filter((row) => row.table_name === table).map((row) => row.line);
    return tables
      .map((table) =>
        [
          table,
          ...linesOf(columns, table),
          ...linesOf(constraints, table),
          ...linesOf(indexes, table),
          '',
        ].join('\n'),
      )
      .join('\n');
  } finally {
    await client.end();
  }
}
