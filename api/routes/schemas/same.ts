/**
 * `true` where two types are the same but for `readonly`, else `false`: a schema at the door says exactly what the house answers.
 * Used as `true satisfies Same<…>`, which does not compile where they differ.
 */
export type Same<A, B> = Identical<Plain<A>, Plain<B>>;

type Identical<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Plain<T[Key]> }
    : T;
