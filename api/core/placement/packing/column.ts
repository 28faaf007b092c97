/** A column of the linear programme: instances of one host (-1: of none) with this content. */
export interface Column {
  readonly host: number;
  readonly content: Float64Array;
  /** May change: the programme is to be told by `recost`. */
  cost: number;
  readonly rows: Int32Array;
  readonly values: Float64Array;
}

/** One task of an item on no host. */
export function single(item: number, cost: number): Column {
  return { ...slack(item, 1), cost };
}

/** What a row may have too much of (-1) or too little (1). */
export function slack(row: number, value: number): Column {
  return {
    host: -1,
    content: new Float64Array(0),
    cost: 0,
    rows: Int32Array.of(row),
    values: Float64Array.of(value),
  };
}
