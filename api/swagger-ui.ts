import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { ReadReferenceFile } from "./routes/reference.ts";

const require = createRequire(import.meta.url);

/** The reference page's files from the installed package. */
export const readSwaggerUi: ReadReferenceFile = async (name) =>
  await readFile(join(dirname(require.resolve("swagger-ui-dist/package.json")), name));
