import { bulkFiles } from "../../api/price-sources/bulk-files.ts"; import { systemClock } from "../../api/price-sources/clock.ts";
const max: any = {}; const t = setInterval(() => { const m: any = process.memoryUsage(); for (const k of Object.keys(m)) max[k] = Math.max(max[k] ?? 0, Math.round(m[k] / 2 ** 20)); }, 20);
const idle = process.memoryUsage();
const s = bulkFiles({ clock: systemClock, fetch: (u, i) => fetch(u, i), base: process.argv[2]!, format: process.argv[3] as "json" });
let n = 0; for await (const r of s.read({ regions: ["us-east-1"], parts: ["AmazonEC2"] })) { if (n++ === 0) { (globalThis as any).gc?.(); console.log("live at first row", process.memoryUsage().heapUsed / 2 ** 20, process.memoryUsage().rss/2**20); } }
clearInterval(t); console.log("idle", idle.rss / 2 ** 20, idle.heapUsed / 2 ** 20, max);
