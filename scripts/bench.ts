/** `npm run bench`: one comparison end to end; `npm run bench -- packing`: the packing of tasks onto instances, against others; `npm run bench -- scaling`: a year of services that scale; `cluster-scaling`: on instances that come and go; `load SECONDS`: a server under load. */
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
} else if (name === "cluster-scaling") {
  const { benchClusterScaling } = await import("./bench/cluster-scaling.ts");
  await benchClusterScaling();
} else if (name === "load") {
  const { benchLoad } = await import("./bench/load.ts");
  process.exitCode = await benchLoad(words);
} else {
  console.error(
    "Usage: npm run --silent bench -- [comparison | packing [options] | scaling | cluster-scaling | load [SECONDS]]",
  );
  process.exitCode = 2;
}
