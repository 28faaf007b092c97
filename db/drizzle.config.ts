import { defineConfig } from "drizzle-kit";

// biome-ignore lint/style/noDefaultExport: drizzle-kit reads its configuration from the default export.
export default defineConfig({
  dialect: "postgresql",
  schema: [
    "./db/schema.ts",
    "./db/kept-schema.ts",
    "./db/import-schema.ts",
    "./db/access-schema.ts",
    "./db/slack-schema.ts",
  ],
  out: "./db/migrations",
});
