import type { FieldTest, Query, QueryNode } from './query.ts';

/** A query together with what the settings beside it ask for: empty or absent means all. */
export function restrictQuery(
  { root }: Pick<Query, 'root'>,
  {
    topics,
    languages = [],
    themes = [],
  }: { topics?: readonly string[] | null; languages?: readonly string[]; themes?: readonly string[] },
): QueryNode {
  const nodes: QueryNode[] = [root];
  const anyOf = (field: FieldTest['field'], values: readonly string[]): void => {
    const tests = [...new Set(values)].map((value): FieldTest => ({ kind: 'field', field, value }));
    nodes.push(tests.length === 1 ? tests[0]! : { kind: 'or', nodes: tests });
  };
  if (topics) anyOf('topic', topics);
  if (languages.length) anyOf('lang', languages);
  if (themes.length) anyOf('theme', themes);
  return nodes.length > 1 ? { kind: 'and', nodes } : root;
}
