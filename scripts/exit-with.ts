import { DatabaseProblem } from "../db/problems.ts";

/** Ends the process with the command's exit code, or with 1 and the reason where the database cannot be used. */
export async function exitWith(command: () => number | Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (!(error instanceof DatabaseProblem)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
