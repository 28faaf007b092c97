import { serve } from "./endpoint.ts"; import { sendOffer, typesFor } from "./offer-file.ts";
const kind = process.argv[3] === "csv" ? "csv" : "json"; const types = typesFor(Number(process.argv[2]) * 1e6, kind as "json");
const e = await serve(async (response, { path }) => {
  if (path.endsWith("region_index.json")) response.end(JSON.stringify({ regions: { "us-east-1": { regionCode: "us-east-1", currentVersionUrl: "/x/index.json" } } }));
  else await sendOffer(response, types, kind as "json");
});
console.log(e.address);
