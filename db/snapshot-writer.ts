import { createHash, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { type Cite, readCitations } from "./citations.ts";
import type { NewAdvice } from "./compare-advice.ts";
import type { NewType } from "./compare-types.ts";
import type { Database } from "./database.ts";
import { insertRows } from "./insert-rows.ts";
import type { NewPrice } from "./price-changes.ts";
import { instanceType, price, snapshot, spotAdvice } from "./schema.ts";
import { findSnapshot, type Snapshot } from "./snapshots.ts";
import { refuseUnknownSources, SourceIds, startSnapshot } from "./write-snapshot.ts";

/**
 * Adds rows to a snapshot that begins with the first of them, in a transaction that holds the lock. Its id is a hash of its parent's
 * id and its rows in their order.
 */
export class SnapshotWriter {
  readonly transaction: Database;
  /** Number of the snapshot before. */
  readonly latest: number;
  /** Citations up to the snapshot before. */
  readonly cite: Cite;
  readonly #description: string;
  readonly #content;
  readonly #sources = new SourceIds();
  readonly #types = new Set<string>();
  #number: number | null = null;

  /** On top of the latest snapshot. */
  static async start(transaction: Database, description: string): Promise<SnapshotWriter> {
    const before = await findSnapshot(transaction);
    if (before === null) throw new Error("There is no snapshot to build on: the bundled prices are not loaded");
    return new SnapshotWriter(transaction, {
      before,
      description,
      cite: await readCitations(transaction, before.number),
    });
  }

  private constructor(transaction: Database, on: { before: Snapshot; description: string; cite: Cite }) {
    this.transaction = transaction;
    this.latest = on.before.number;
    this.cite = on.cite;
    this.#description = on.description;
    this.#content = createHash("sha256").update(on.before.id);
  }

  /** Of the snapshot, or where nothing was added of the one before. */
  get number(): number {
    return this.#number ?? this.latest;
  }

  async addPrices(rows: readonly NewPrice[]): Promise<void> {
    if (rows.length === 0) return;
    const numbered = { snapshot: await this.#begin() };
    this.#hash(rows);
    await insertRows(
      this.transaction,
      price,
      rows.map((row) => ({ ...row, ...numbered, source: this.#sources.of(row.source) })),
    );
  }

  async addAdvice(rows: readonly NewAdvice[]): Promise<void> {
    if (rows.length === 0) return;
    const numbered = { snapshot: await this.#begin() };
    this.#hash(rows);
    await insertRows(
      this.transaction,
      spotAdvice,
      rows.map((row) => ({ ...row, ...numbered, source: this.#sources.of(row.source) })),
    );
  }

  /** A type that two regions describe differently is taken from the first. */
  async addTypes(rows: readonly NewType[]): Promise<void> {
    const added = rows.filter(({ name }) => !this.#types.has(name));
    if (added.length === 0) return;
    const numbered = { snapshot: await this.#begin() };
    this.#hash(added);
    for (const { name } of added) this.#types.add(name);
    await insertRows(
      this.transaction,
      instanceType,
      added.map((row) => ({ ...row, ...numbered, source: this.#sources.of(row.source) })),
    );
  }

  /** Id of the finished snapshot; null: nothing was added, so there is none. */
  async finish(): Promise<string | null> {
    const number = this.#number;
    if (number === null) return null;
    await this.#sources.write(this.transaction, number);
    await refuseUnknownSources(this.transaction, number);
    const id = this.#content.digest("hex").slice(0, 16);
    await this.transaction.update(snapshot).set({ id }).where(eq(snapshot.number, number));
    return id;
  }

  async #begin(): Promise<number> {
    if (this.#number !== null) return this.#number;
    // Its content is not known yet, and so its id is not.
    const started = await startSnapshot(this.transaction, { id: randomUUID(), description: this.#description });
    if (started === null) throw new Error("Two snapshots were given one random id");
    this.#number = started.number;
    return started.number;
  }

  #hash(rows: readonly object[]): void {
    for (const row of rows) this.#content.update(`${JSON.stringify(Object.entries(row).sort())}\n`);
  }
}
