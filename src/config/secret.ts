import { inspect } from 'node:util'

/** A value that never prints itself: not in a log, not in JSON, not in a template string. */
export interface Secret {
  /** The value, for the one call that needs it. */
  reveal(): string
  toString(): string
  toJSON(): string
}

export function secret(value: string): Secret {
  const hidden = () => '[secret]'
  return Object.freeze({ reveal: () => value, toString: hidden, toJSON: hidden, [inspect.custom]: hidden })
}
