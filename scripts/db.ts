import { spawnSync } from "node:child_process";
import { databaseSettings, openDatabase } from "../db/connect.ts";
import { prepareServer } from "../db/prepare-server.ts";
import { exitWith } from "./exit-with.ts";

const usage = `Usage: npm run db -- <command>

  generate   write the SQL migration that db/schema.ts asks for
  migrate    bring the database up to date and load the bundled prices

Exit codes: 0 done, 1 the database cannot be used, 2 this text.
Settings: DATABASE_URL, or else STOWAGE_DATA (.stowage).`;

const [command, ...rest] = process.argv.slice(2);
if (command === "generate") generate(rest);
else if (command === "migrate" && rest.length === 0) await exitWith(migrate);
else {
  console.error(usage);
  process.exitCode = 2;
}

function generate(options: readonly string[]): void {
  const arguments_ = ["drizzle-kit", "generate", "--config", "db/drizzle.config.ts", ...options];
  process.exitCode = spawnSync("npx", arguments_, { stdio: "inherit" }).status ?? 1;
}

async function migrate(): Promise<number> {
  const settings = databaseSettings(process.env);
  if ("databaseUrl" in settings) await prepareServer(settings.databaseUrl);
  // Opening the embedded database is all it takes.
  else await (await openDatabase(settings)).close();
  console.log("The database is up to date.");
  return 0;
}
