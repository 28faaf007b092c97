import { readList } from "../../api/importing/read-list.ts";
import type { CellProblem, ListFormat, RowRead, ServiceRow } from "../../api/importing/service-row.ts";

const plain = {
  ...{ locale: null, encoding: null, sheet: null, defaultRegion: null },
  vocabulary: {
    regions: ["us-east-1", "us-west-2", "eu-central-1"],
    options: ["as-configured", "fargate", "fargate-spot", "ec2", "ec2-spot", "mixed"],
    loadProfiles: ["Shop days", "Nights"],
  },
} as const;

export const csvFormat: ListFormat = { ...plain, mediaType: "text/csv" };

export const workbookFormat: ListFormat = {
  ...plain,
  mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

export async function readAll(bytes: Uint8Array, format: ListFormat): Promise<RowRead[]> {
  const rows: RowRead[] = [];
  for await (const row of readList(bodyOf(bytes), format)) rows.push(row);
  return rows;
}

/** In pieces, as bodies come. */
export function bodyOf(bytes: Uint8Array, pieceBytes = 16 * 1024): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + pieceBytes));
      at += pieceBytes;
    },
  });
}

/** The services of a CSV as text, all of which can be read. */
export async function servicesOf(text: string, format: Partial<ListFormat> = {}): Promise<ServiceRow[]> {
  return good(await readAll(utf8(text), { ...csvFormat, ...format }));
}

/** What is wrong with a CSV as text: where, and the code. */
export async function codesOf(text: string, format: Partial<ListFormat> = {}): Promise<string[]> {
  return codes(await readAll(utf8(text), { ...csvFormat, ...format }));
}

export function good(rows: readonly RowRead[]): ServiceRow[] {
  return rows.map((row) => {
    if (!row.ok) throw new Error(row.problems.map(({ path, message }) => `${path} ${message}`).join("\n"));
    return row.value;
  });
}

export function problemsOf(rows: readonly RowRead[]): CellProblem[] {
  return rows.flatMap((row) => (row.ok ? [] : row.problems));
}

export function codes(rows: readonly RowRead[]): string[] {
  return problemsOf(rows).map(({ path, code }) => `${path} ${code}`.trim());
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A row under the header `service,vCPU,memory,region` and more columns. */
export function oneRow(column: string, value: string): string {
  const cell = `"${value.replaceAll('"', '""')}"`;
  const base: Record<string, string> = {
    service: "web",
    vCPU: "1",
    memory: "2 GB",
    region: "us-east-1",
    [column]: cell,
  };
  return `${Object.keys(base).join(",")}\n${Object.values(base).join(",")}\n`;
}
