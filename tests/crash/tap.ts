/**
 * The same object, with `step` called before and after every method: the places where a process can be killed or
 * stopped. Methods of objects within (the store's aggregates) are tapped too, and the store of a transaction.
 */
export function tap<T extends object>(target: T, name: string, step: (label: string) => void): T {
  return new Proxy(target, {
    get(object, key, receiver) {
      const value: unknown = Reflect.get(object, key, receiver);
      const label = `${name}.${String(key)}`;
      if (typeof value === 'function') return tapped(value as Method, object, label, step);
      return isAggregate(value) ? tap(value, label, step) : value;
    },
  });
}

type Method = (...args: unknown[]) => unknown;

function tapped(method: Method, object: object, label: string, step: (label: string) => void): Method {
  return (...args) => {
    step(`${label} →`);
    const inner = label.endsWith('.transaction')
      ? args.map((work) => (store: object) => (work as Method)(tap(store, label, step)))
      : args;
    const result = method.apply(object, inner);
    if (!(result instanceof Promise)) return result;
    return result.then((value: unknown) => {
      step(`${label} ←`);
      return value;
    });
  };
}

function isAggregate(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && Object.values(value).some((v) => typeof v === 'function')
  );
}
