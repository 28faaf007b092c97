import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { ReadReferenceFile } from "./routes/reference.ts";

const { resolve } = createRequire(import.meta.url);

/** The reference page's files from the installed package. */
export const readSwaggerUi: ReadReferenceFile = async (name) => await readFile(resolve(`swagger-ui-dist/${name}`));
