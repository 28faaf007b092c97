/** `npm run bench`: one comparison end to end; `npm run bench -- packing`: the packing of tasks onto instances, against others. */
const [name = "comparison", ...words] = process.argv.slice(2);
if (name === "comparison") {
  const { benchComparison } = await import("./bench/comparison.ts");
  await benchComparison();
} else if (name === "packing") {
  const { benchPacking } = await import("./bench/packing.ts");
  process.exitCode = await benchPacking(words);
} else {
  console.error("Usage: npm run --silent bench -- [comparison | packing [options]]");
  process.exitCode = 2;
}
