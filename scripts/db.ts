import { spawnSync } from "node:child_process";
import { databaseSettings, openDatabase } from "../db/connect.ts";
import { prepareServer } from "../db/prepare-server.ts";
import { DatabaseProblem } from "../db/problems.ts";

const usage = `Usage: npm run db -- <command>

  generate   write the SQL migration that db/schema.ts asks for
  migrate    bring the database up to date and load the bundled prices

Exit codes: 0 done, 1 the database cannot be used, 2 this text.
Settings: DATABASE_URL, or else STOWAGE_DATA (.stowage).`;

const [command, ...rest] = process.argv.slice(2);
if (command === "generate") generate(rest);
else if (command === "migrate" && rest.length === 0) await migrate().catch(report);
else {
  console.error(usage);
  process.exitCode = 2;
}

function generate(options: readonly string[]): void {
  const arguments_ = ["drizzle-kit", "generate", "--config", "db/drizzle.config.ts", ...options];
  process.exitCode = spawnSync("npx", arguments_, { stdio: "inherit" }).status ?? 1;
}

async function migrate(): Promise<void> {
  const settings = databaseSettings(process.env);
  if ("databaseUrl" in settings) await prepareServer(settings.databaseUrl);
  // Opening the embedded database is all it takes.
  else await (await openDatabase(settings)).close();
  console.log("The database is up to date.");
}

function report(error: unknown): void {
  if (!(error instanceof DatabaseProblem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
