/** Something a person can mend: what happened, where, and what to do. Exit code 2 or a polite answer. */
export class UserError extends Error {
  readonly code: string;
  /** What to do, a full sentence. */
  readonly hint: string | null;
  constructor(code: string, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'UserError';
    this.code = code;
    this.hint = options.hint ?? null;
  }
}

/** A configuration, topic, feed or subscription file that cannot be used: exit code 2. */
export class ConfigError extends UserError {
  readonly file: string;
  readonly line: number | null;
  constructor(file: string, line: number | null, message: string, hint?: string) {
    super('config', `${file}${line === null ? '' : `:${line}`}: ${message}`, hint ? { hint } : {});
    this.name = 'ConfigError';
    this.file = file;
    this.line = line;
  }
}

/** The database cannot be used as it is; nothing was changed. */
export class StoreError extends UserError {
  constructor(
    code: 'newer-schema' | 'corrupt' | 'read-only' | 'locked' | 'disk-full' | 'unreachable',
    message: string,
    options: { hint?: string; cause?: unknown } = {},
  ) {
    super(code, message, options);
    this.name = 'StoreError';
  }
}

/** A lease was lost to another holder: stop without writing. */
export class FenceError extends Error {
  constructor(what: string) {
    super(`the lease on ${what} was taken over by another instance`);
    this.name = 'FenceError';
  }
}
