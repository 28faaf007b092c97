/** `npm run bench`: one comparison end to end; `npm run bench -- packing`: the packing of tasks onto instances, against others; `npm run bench -- scaling`: a year of services that scale. */
const [name = "comparison", ...words] = process.argv.slice(2);
if (name === "comparison") {
  const { benchComparison } = await import("./bench/comparison.ts");
  await benchComparison();
} else if (name === "packing") {
  const { benchPacking } = await import("./bench/packing.ts");
  process.exitCode = await benchPacking(words);
} else if (name === "scaling") {
  const { benchScaling } = await import("./bench/scaling.ts");
  await benchScaling();
} else {
  console.error("Usage: npm run --silent bench -- [comparison | packing [options] | scaling]");
  process.exitCode = 2;
}
