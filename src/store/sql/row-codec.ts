/** How a field stands in its column: as it is, as 0 or 1, or as JSON text (null stays null). */
type Encoding = 'value' | 'flag' | 'json';

/** Both ways between a plain object and its row; columns are the fields' names in snake_case. */
export interface RowCodec<T> {
  /** The columns of the fields that are present. */
  // biome-ignore lint/suspicious/noExplicitAny: the column names are computed; the tables' types check the queries.
  encode(fields: Partial<T>): any;
  decode(row: object): T;
}

/** @param fields every field of `T` with its encoding; further columns of a row are left out */
export function rowCodec<T extends object>(fields: { [K in keyof Required<T>]: Encoding }): RowCodec<T> {
  const columns = (Object.entries(fields) as [keyof T & string, Encoding][]).map(
    ([field, encoding]) => [field, snakeCase(field), encoding] as const,
  );
  return {
    encode(values) {
      const row: Record<string, unknown> = {};
      for (const [field, column, encoding] of columns)
        if (values[field] !== undefined) row[column] = toColumn(values[field], encoding);
      return row;
    },
    decode(row) {
      const values: Record<string, unknown> = {};
      for (const [field, column, encoding] of columns)
        values[field] = fromColumn((row as Record<string, unknown>)[column], encoding);
      return values as T;
    },
  };
}

function toColumn(value: unknown, encoding: Encoding): unknown {
  if (value === null) return null;
  return encoding === 'flag' ? (value ? 1 : 0) : encoding === 'json' ? JSON.stringify(value) : value;
}

function fromColumn(value: unknown, encoding: Encoding): unknown {
  if (value === null || value === undefined) return null;
  return encoding === 'flag' ? value === 1 : encoding === 'json' ? JSON.parse(value as string) : value;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
