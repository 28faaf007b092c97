/**
 * What is kept of a field that is not kept as it stands: `value` is what the document says, `seen` what its readers saw of it. It must
 * read the same as `value` does, and be kept as itself.
 */
export type KeptForm = (value: unknown, seen: () => unknown) => unknown;

/** A decoded JSON value whose readers are watched. */
export interface Recording {
  /** To be read in place of the value. */
  readonly watched: unknown;
  /** A copy of the value with only what has been read of it so far; items of lists stay in their places. */
  seen(): unknown;
}

/** What readers see of a value is all that is needed to read the same again: an allow-list that nobody has to keep. */
export function record(value: unknown): Recording {
  const node = typeof value === "object" && value !== null ? new WatchedNode(value) : null;
  return { watched: node?.watched ?? value, seen: () => node?.seen() ?? value };
}

/** Says how fields of a watched object (or, under `items`, every item of a list) are kept; of a value that nobody watches, nothing. */
export function keepAs(watched: unknown, forms: KeptForms): void {
  if (typeof watched === "object" && watched !== null) nodes.get(watched)?.keepAs(forms);
}

export interface KeptForms {
  readonly fields?: ReadonlyMap<string, KeptForm>;
  readonly items?: KeptForm;
}

/** By what is handed to the readers. */
const nodes = new WeakMap<object, WatchedNode>();

/** Something is there, and what it is is nobody's business. */
export const standIn = "redacted";

class WatchedNode {
  readonly watched: object;
  readonly #value: object;
  /** Fields that were asked for, and those that were read. */
  readonly #asked = new Set<string>();
  readonly #read = new Set<string>();
  readonly #below = new Map<string, WatchedNode>();
  #isListed = false;
  #forms: KeptForms = {};

  constructor(value: object) {
    this.#value = value;
    this.watched = new Proxy(value, {
      get: (target, key) => this.#get(target, key),
      has: (target, key) => {
        if (isOwn(target, key)) this.#asked.add(key);
        return Reflect.has(target, key);
      },
      ownKeys: (target) => {
        this.#isListed = true;
        return Reflect.ownKeys(target);
      },
    });
    nodes.set(this.watched, this);
  }

  keepAs(forms: KeptForms): void {
    const fields = new Map([...(this.#forms.fields ?? []), ...(forms.fields ?? [])]);
    this.#forms = { ...this.#forms, ...forms, fields };
  }

  #get(target: object, key: PropertyKey): unknown {
    const value: unknown = Reflect.get(target, key);
    if (!isOwn(target, key)) return value;
    this.#asked.add(key);
    this.#read.add(key);
    if (typeof value !== "object" || value === null) return value;
    const below = this.#below.get(key) ?? new WatchedNode(value);
    this.#below.set(key, below);
    return below.watched;
  }

  seen(): unknown {
    if (Array.isArray(this.#value)) {
      const isAsked = this.#isListed || this.#asked.size > 0;
      return isAsked ? this.#value.map((item, at) => this.#seenAt(String(at), item)) : [];
    }
    const all = Object.entries(this.#value);
    const asked = all.filter(([name]) => this.#asked.has(name));
    // Whoever lists the fields of an object and asks for none wants to know whether there are any.
    if (this.#isListed && asked.length === 0 && all.length > 0) return { [standIn]: null };
    return Object.fromEntries(asked.map(([name, value]) => [name, this.#seenAt(name, value)]));
  }

  #seenAt(name: string, value: unknown): unknown {
    if (!this.#read.has(name)) return null;
    const seen = () => this.#below.get(name)?.seen() ?? value;
    const form = Array.isArray(this.#value) ? this.#forms.items : this.#forms.fields?.get(name);
    return form === undefined ? seen() : form(value, seen);
  }
}

function isOwn(target: object, key: PropertyKey): key is string {
  return typeof key === "string" && Object.hasOwn(target, key);
}
