/** How many nodes a search for one host's content may take: more when fewer brought nothing. */
const nodesAtLevel = [0, 0, 500, 5000, 50_000, 500_000];
/** Rounds that each leave more than this part of the gap are too few when there are so many of them. */
const shrinking = 0.97;
const stalledMax = 6;
const searchedMax = 3;

/** How far column generation has come, and so how much is to be spent on a round. */
export class Progress {
  level = 0;
  /** The last round found nothing. */
  isMissed = false;
  #least = Number.POSITIVE_INFINITY;
  #stalled = 0;

  get nodesMax(): number {
    return nodesAtLevel[this.level] as number;
  }

  /** After a round; false: there is nothing more to be had. `open`: by how much bound and cost differed before it. */
  goesOn({ open, added, isSearched }: { open: number; added: number; isSearched: boolean }): boolean {
    this.#stalled = open > this.#least * shrinking ? this.#stalled + 1 : 0;
    this.#least = Math.min(this.#least, open);
    const isMissed = added === 0;
    if (isMissed && !this.isMissed) {
      this.isMissed = true;
      return true;
    }
    this.isMissed = false;
    if (!isMissed && this.#stalled < (isSearched ? searchedMax : stalledMax)) return true;
    this.#stalled = 0;
    this.level++;
    return this.level < nodesAtLevel.length;
  }
}
