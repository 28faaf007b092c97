import { DatabaseProblem } from "../db/problems.ts";
import { coverage } from "./prices/coverage.ts";

const usage = `Usage: npm run --silent prices -- <command>

  coverage   what is priced where, with the age of the prices

Exit codes: 0 done, 1 the database cannot be used, 2 this text.`;

const commands = new Map([["coverage", coverage]]);

const [name = "", ...rest] = process.argv.slice(2);
const command = commands.get(name);
if (command === undefined || rest.length > 0) {
  console.error(usage);
  process.exitCode = 2;
} else {
  try {
    await command();
  } catch (error) {
    if (!(error instanceof DatabaseProblem)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
