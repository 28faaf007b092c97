import { defineConfig } from "vitest/config";

// biome-ignore lint/style/noDefaultExport: Vitest reads its configuration from the default export.
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    setupFiles: ["test/random-seed.ts"],
    allowOnly: false,
    passWithNoTests: false,
    // A test without an assertion cannot fail.
    expect: { requireAssertions: true },
  },
});
