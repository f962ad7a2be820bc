import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { ReaderAnswer } from './sqlite-reader.ts';

/** Thread of `createSqliteReader`. A writer's short lock is waited for here, where nobody minds. */
const database = new DatabaseSync((workerData as { file: string }).file, { readOnly: true, timeout: 5_000 });
database.exec('pragma cache_size = -16000');
const statements = new Map<string, StatementSync>();

parentPort!.on(
  'message',
  ({ id, sql, parameters }: { id: number; sql: string; parameters: SQLInputValue[] }) => {
    let answer: ReaderAnswer;
    try {
      let statement = statements.get(sql);
      if (!statement) {
        statement = database.prepare(sql);
        statements.set(sql, statement);
      }
      answer = { id, rows: statement.all(...parameters) };
    } catch (error) {
      answer = { id, error: error as Error };
    }
    parentPort!.postMessage(answer);
  },
);
