import { Presets, SingleBar } from "cli-progress";
import type { Progress } from "../../api/refreshing/read-parts.ts";

/** A bar on a terminal; elsewhere a line for each part, on standard error in either case. */
export function showProgress(silent: boolean): { show(progress: Progress): void; end(): void } {
  if (silent) return { show: () => undefined, end: () => undefined };
  if (!process.stderr.isTTY) return { show: (progress) => console.error(line(progress)), end: () => undefined };
  const format = "{bar} {value}/{total}  {about}";
  const bar = new SingleBar({ format, barsize: 24, hideCursor: true, stream: process.stderr }, Presets.shades_classic);
  let isStarted = false;
  return {
    show: (progress) => {
      const about = { about: line(progress) };
      if (isStarted) bar.update(progress.done, about);
      else bar.start(progress.all, progress.done, about);
      isStarted = true;
    },
    end: () => bar.stop(),
  };
}

function line({ reading, rows }: Progress): string {
  if (reading === null) return `${rows.toLocaleString("en-US")} rows read, comparing`;
  return `Reading ${reading}`;
}
